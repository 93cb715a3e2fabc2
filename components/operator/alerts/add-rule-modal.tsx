"use client";

import { App, Form, Input, Modal, Select } from "antd";
import { useTranslations } from "next-intl";
import { firstRules, metricKinds } from "#lib/operator/alerting/metrics";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type AlertRule, useAlertActions } from "../api/alerts.ts";
import { problemAt, RuleFieldItems, type RuleFields, ruleInput } from "./rule-fields.tsx";
import { shownThreshold } from "./words.ts";

type Metric = AlertRule["metric"];
type Fields = RuleFields & { readonly metric: Metric; readonly name: string };

const formId = "alert-rule-new";
const metrics = firstRules.map(({ metric }) => metric);

/** Where a new installation begins, as people type it. */
function usualOf(metric: Metric) {
  const usual = firstRules.find((rule) => rule.metric === metric);
  return {
    threshold: shownThreshold(usual?.threshold ?? 0, metricKinds[metric].unit),
    window_minutes: usual?.windowMinutes ?? 1,
    min_sample: usual?.minSample ?? 1,
  };
}

const others = { severity: "warning", remind_minutes: 240, receivers: [], time_zone: "UTC" } as const;

/** A further rule: the same measure at another threshold, for other people, at other times. */
export function AddRuleModal({ onClose }: { onClose: () => void }) {
  const t = useTranslations("console.alerts");
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const metric = Form.useWatch("metric", form) ?? "success_rate";
  const { addRule } = useAlertActions();
  const { unit, isBad } = metricKinds[metric];
  const problem = problemAt(addRule.error);
  const submit = async ({ name, metric: chosen, ...fields }: Fields) => {
    const input = { ...ruleInput(fields, metricKinds[chosen].unit), metric: chosen, name: name.trim(), is_on: true };
    const made = await addRule.mutateAsync(input).catch((error: unknown) => {
      const at = problemAt(error);
      if (at) form.setFields([at as Parameters<typeof form.setFields>[0][number]]);
    });
    if (!made) return;
    message.success(t("rules.added"));
    onClose();
  };
  return (
    <Modal
      open
      title={t("rules.add")}
      onCancel={onClose}
      okText={t("rules.add")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: formId, loading: addRule.isPending }}
    >
      <Form<Fields>
        id={formId}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ metric: "success_rate", ...others, ...usualOf("success_rate") }}
        onValuesChange={(change: Partial<Fields>) => change.metric && form.setFieldsValue(usualOf(change.metric))}
        onFinish={submit}
      >
        <Form.Item name="metric" label={t("rules.metric")} extra={t(`rules.bad.${isBad}`)}>
          <Select options={metrics.map((value) => ({ value, label: t(`metrics.${value}`) }))} />
        </Form.Item>
        <Form.Item
          name="name"
          label={t("rules.name")}
          extra={t("rules.nameHelp")}
          rules={[{ required: true, whitespace: true, max: 100, message: t("receivers.missing") }]}
        >
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <RuleFieldItems unit={unit} />
        {addRule.error && !problem ? <ProblemAlert error={addRule.error} /> : null}
      </Form>
    </Modal>
  );
}
