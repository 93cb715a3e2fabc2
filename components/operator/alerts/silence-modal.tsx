"use client";

import { Form, Input, Modal, Select } from "antd";
import { useTranslations } from "next-intl";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type Alert, useAlertActions } from "../api/alerts.ts";
import { useAlertName } from "./words.ts";

const hours = [1, 4, 24, 168] as const;

interface Fields {
  readonly hours: number;
  readonly reason: string;
}

const formId = "silence";

export function SilenceModal({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  const t = useTranslations("console.alerts");
  const nameOf = useAlertName();
  const { silence } = useAlertActions();
  const submit = async (fields: Fields) => {
    const input = {
      rule: alert.rule,
      subject: alert.subject?.id ?? null,
      minutes: fields.hours * 60,
      reason: fields.reason.trim(),
    };
    if (await silence.mutateAsync(input).catch(() => undefined)) onClose();
  };
  return (
    <Modal
      open
      title={t("silence.title", { name: nameOf(alert) })}
      onCancel={onClose}
      okText={t("silence.confirm")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: formId, loading: silence.isPending }}
    >
      <Form<Fields> id={formId} layout="vertical" requiredMark={false} initialValues={{ hours: 1 }} onFinish={submit}>
        <p>{t("silence.help")}</p>
        <Form.Item name="hours" label={t("silence.for")}>
          <Select options={hours.map((value) => ({ value, label: t("silence.hours", { count: value }) }))} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t("silence.reason")}
          rules={[{ required: true, whitespace: true, message: t("receivers.missing") }]}
        >
          <Input maxLength={500} autoComplete="off" />
        </Form.Item>
        {silence.error ? <ProblemAlert error={silence.error} /> : null}
      </Form>
    </Modal>
  );
}
