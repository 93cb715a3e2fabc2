"use client";

import { Form, Input, InputNumber, Radio, Select } from "antd";
import { useTranslations } from "next-intl";
import { ApiProblem } from "../../merchant/api/problem.ts";
import { type AlertRule, useAlertReceivers } from "../api/alerts.ts";
import styles from "./alerts.module.css";
import { meantThreshold } from "./words.ts";

/** A rule as people type it: a share in percent, times of day as on a clock. */
export interface RuleFields {
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

export const clockOf = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

function minutesOf(clock: string | undefined): number | null {
  const [hour, minute] = (clock ?? "").split(":").map(Number);
  return hour === undefined || minute === undefined ? null : hour * 60 + minute;
}

/** What was typed, as the API takes it. */
export function ruleInput<T extends RuleFields>({ from, to, threshold, ...fields }: T, unit: AlertRule["unit"]) {
  return {
    ...fields,
    threshold: meantThreshold(threshold, unit),
    quiet_from: minutesOf(from),
    quiet_to: minutesOf(to),
  };
}

/** The form's field that the API found fault with. */
export function problemAt(error: unknown): { name: string; errors: string[] } | undefined {
  if (!(error instanceof ApiProblem) || !error.param) return undefined;
  const renamed: Record<string, string> = { quiet_from: "from", quiet_to: "to" };
  return { name: renamed[error.param] ?? error.param, errors: [error.message] };
}

/** What every rule has, the first ones and the further ones. */
export function RuleFieldItems({ unit }: { unit: AlertRule["unit"] }) {
  const t = useTranslations("console.alerts");
  const receivers = useAlertReceivers().data?.data ?? [];
  const required = [{ required: true, message: t("receivers.missing") }];
  return (
    <>
      <Form.Item name="threshold" label={t("rules.threshold")} rules={required}>
        <InputNumber
          min={0}
          max={unit === "share" ? 100 : 1e9}
          suffix={t(`rules.units.${unit}`)}
          style={{ width: "100%" }}
        />
      </Form.Item>
      <div className={styles.pair}>
        <Form.Item name="window_minutes" label={t("rules.window")} rules={required}>
          <InputNumber min={1} max={1_440} precision={0} style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name="min_sample" label={t("rules.minSample")} rules={required}>
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
      <Form.Item name="remind_minutes" label={t("rules.remind")} rules={required}>
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
    </>
  );
}
