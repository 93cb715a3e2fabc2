"use client";

import { Form, Input, Radio, Select } from "antd";
import { useTranslations } from "next-intl";
import type { ListEntry } from "../api/lists.ts";
import { actions, kinds } from "./list-filters.tsx";

/** Days; 0 is without end. */
const spans = [1, 7, 30, 90, 365, 0] as const;

export interface CommonFields {
  readonly action: ListEntry["action"];
  readonly kind: ListEntry["kind"];
  readonly reason: string;
  readonly days: (typeof spans)[number];
}

export const firstFields: Partial<CommonFields> = { action: "block", kind: "email", days: 0 };

/** What an entry and a whole import have in common. */
export function EntryFields() {
  const t = useTranslations("dashboard.blocklists");
  return (
    <>
      <Form.Item name="action" label={t("columns.action")}>
        <Radio.Group options={actions.map((value) => ({ value, label: t(`actions.${value}`) }))} />
      </Form.Item>
      <Form.Item name="kind" label={t("columns.kind")}>
        <Select options={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))} />
      </Form.Item>
    </>
  );
}

export function ReasonFields() {
  const t = useTranslations("dashboard.blocklists");
  return (
    <>
      <Form.Item
        name="reason"
        label={t("columns.reason")}
        extra={t("reasonHelp")}
        rules={[{ required: true, whitespace: true, max: 500, message: t("reasonMissing") }]}
      >
        <Input maxLength={500} autoComplete="off" />
      </Form.Item>
      <Form.Item name="days" label={t("expires")}>
        <Select
          options={spans.map((value) => ({ value, label: value === 0 ? t("never") : t("days", { count: value }) }))}
        />
      </Form.Item>
    </>
  );
}

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;

/** As the API takes it. To the minute, so that pressing again at once is the same wish. @param nowMs the merchant's */
export function commonOf({ action, kind, reason, days }: CommonFields, nowMs: number) {
  const expiresAt = new Date(Math.ceil(nowMs / minuteMs) * minuteMs + days * dayMs);
  return { action, kind, reason: reason.trim(), ...(days > 0 && { expires_at: expiresAt.toISOString() }) };
}
