"use client";

import { App, Form, Input, InputNumber, Modal, Radio, Select, Switch } from "antd";
import { useTranslations } from "next-intl";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type AlertRule, useAlertActions, useAlertReceivers } from "../api/alerts.ts";
import styles from "./alerts.module.css";
import { meantThreshold, shownThreshold, useRuleName } from "./words.ts";

interface Fields {
  readonly is_on: boolean;
  readonly threshold: number;
  readonly window_minutes: number;
  readonly min_sample: number;
  readonly severity: AlertRule["severity"];
  readonly from?: string;
  readonly to?: string;
  readonly time_zone: string;
  readonly remind_minutes: number;
  readonly receivers: string[];
}

const formId = "alert-rule";

const clockOf = (minutes: number | null) =>
  minutes === null
    ? undefined
    : `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

function minutesOf(clock: string | undefined): number | null {
  const [hour, minute] = (clock ?? "").split(":").map(Number);
  return hour === undefined || minute === undefined ? null : hour * 60 + minute;
}

export function RuleModal({ rule, onClose }: { rule: AlertRule; onClose: () => void }) {
  const t = useTranslations("console.alerts");
  const { message } = App.useApp();
  const nameOf = useRuleName();
  const { changeRule } = useAlertActions();
  const receivers = useAlertReceivers().data?.data ?? [];
  const submit = async ({ from, to, threshold, ...fields }: Fields) => {
    const change = {
      ...fields,
      threshold: meantThreshold(threshold, rule.unit),
      quiet_from: minutesOf(from),
      quiet_to: minutesOf(to),
    };
    if (!(await changeRule.mutateAsync({ id: rule.id, change }).catch(() => undefined))) return;
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
    ...(rule.quiet_from !== null && { from: clockOf(rule.quiet_from) ?? "" }),
    ...(rule.quiet_to !== null && { to: clockOf(rule.quiet_to) ?? "" }),
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
      <Form<Fields> id={formId} layout="vertical" requiredMark={false} initialValues={initial} onFinish={submit}>
        <Form.Item name="is_on" label={t("rules.isOn")} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Form.Item
          name="threshold"
          label={t("rules.threshold")}
          rules={[{ required: true, message: t("receivers.missing") }]}
        >
          <InputNumber min={0} suffix={t(`rules.units.${rule.unit}`)} style={{ width: "100%" }} />
        </Form.Item>
        <div className={styles.pair}>
          <Form.Item name="window_minutes" label={t("rules.window")}>
            <InputNumber min={1} max={1_440} precision={0} style={{ width: "100%" }} />
          </Form.Item>
          <Form.Item name="min_sample" label={t("rules.minSample")}>
            <InputNumber min={1} max={100_000} precision={0} style={{ width: "100%" }} />
          </Form.Item>
        </div>
        <Form.Item name="severity" label={t("rules.severity")}>
          <Radio.Group
            options={(["warning", "critical"] as const).map((value) => ({ value, label: t(`severities.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="receivers" label={t("rules.receivers")}>
          <Select
            mode="multiple"
            placeholder={t("rules.nobody")}
            options={receivers.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        <Form.Item name="remind_minutes" label={t("rules.remind")}>
          <InputNumber min={0} max={10_080} precision={0} style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item label={t("rules.quiet")} extra={t("rules.quietHelp")}>
          <div className={styles.pair}>
            <Form.Item name="from" noStyle>
              <Input type="time" aria-label={t("rules.from")} />
            </Form.Item>
            <Form.Item name="to" noStyle>
              <Input type="time" aria-label={t("rules.to")} />
            </Form.Item>
          </div>
        </Form.Item>
        <Form.Item name="time_zone" label={t("rules.zone")}>
          <Select
            showSearch
            options={["UTC", ...Intl.supportedValuesOf("timeZone")].map((value) => ({ value, label: value }))}
          />
        </Form.Item>
        {changeRule.error ? <ProblemAlert error={changeRule.error} /> : null}
      </Form>
    </Modal>
  );
}
