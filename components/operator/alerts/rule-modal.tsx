"use client";

import { App, Form, Modal, Switch } from "antd";
import { useTranslations } from "next-intl";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type AlertRule, useAlertActions } from "../api/alerts.ts";
import { clockOf, problemAt, RuleFieldItems, type RuleFields, ruleInput } from "./rule-fields.tsx";
import { shownThreshold, useRuleName } from "./words.ts";

type Fields = RuleFields & { readonly is_on: boolean };

const formId = "alert-rule";

export function RuleModal({ rule, onClose }: { rule: AlertRule; onClose: () => void }) {
  const t = useTranslations("console.alerts");
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const nameOf = useRuleName();
  const { changeRule } = useAlertActions();
  const problem = problemAt(changeRule.error);
  const submit = async (fields: Fields) => {
    const changed = await changeRule
      .mutateAsync({ id: rule.id, change: ruleInput(fields, rule.unit) })
      .catch((error: unknown) => {
        const at = problemAt(error);
        if (at) form.setFields([at as Parameters<typeof form.setFields>[0][number]]);
      });
    if (!changed) return;
    message.success(t("rules.saved"));
    onClose();
  };
  const initial: Fields = {
    is_on: rule.is_on,
    threshold: shownThreshold(rule.threshold, rule.unit),
    window_minutes: rule.window_minutes,
    min_sample: rule.min_sample,
    severity: rule.severity,
    time_zone: rule.time_zone,
    remind_minutes: rule.remind_minutes,
    receivers: rule.receivers,
    ...(rule.quiet_from !== null && { from: clockOf(rule.quiet_from) }),
    ...(rule.quiet_to !== null && { to: clockOf(rule.quiet_to) }),
  };
  return (
    <Modal
      open
      title={t("rules.editTitle", { name: nameOf(rule) })}
      onCancel={onClose}
      okText={t("rules.save")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: formId, loading: changeRule.isPending }}
    >
      <Form<Fields>
        id={formId}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={initial}
        onFinish={submit}
      >
        <Form.Item name="is_on" label={t("rules.isOn")} valuePropName="checked">
          <Switch />
        </Form.Item>
        <RuleFieldItems unit={rule.unit} />
        {changeRule.error && !problem ? <ProblemAlert error={changeRule.error} /> : null}
      </Form>
    </Modal>
  );
}
