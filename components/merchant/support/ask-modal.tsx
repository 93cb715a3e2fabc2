"use client";

import { Form, Input, Modal, Select } from "antd";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type NewTicket, type SentFile, useTicketActions, useTicketFiles } from "../api/tickets.ts";
import { useIdempotencyKey } from "../api/use-api.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { FileField } from "./file-field.tsx";
import { ticketCategories, ticketPriorities } from "./ticket-lists.ts";

type Fields = Omit<NewTicket, "attachments">;

/** A question to our support. */
export function AskModal({ order, onClose }: { order: string | undefined; onClose: () => void }) {
  const t = useTranslations("dashboard.support");
  const router = useRouter();
  const { ask } = useTicketActions();
  const keyOf = useIdempotencyKey();
  const desk = useTicketFiles();
  const [files, setFiles] = useState<readonly SentFile[]>([]);
  const submit = async (fields: Fields) => {
    const { order: named, ...rest } = fields;
    const attachments = files.map((file) => file.id);
    const ticket = { ...rest, ...(named?.trim() && { order: named.trim() }), attachments };
    const made = await ask.mutateAsync({ ticket, key: keyOf(ticket) }).catch(() => undefined);
    if (made) router.push(`/dashboard/support/${made.id}`);
  };
  return (
    <Modal
      open
      title={t("ask")}
      onCancel={onClose}
      okText={t("send")}
      cancelText={t("cancel")}
      okButtonProps={{ htmlType: "submit", form: "ask", loading: ask.isPending }}
    >
      <Form<Fields>
        id="ask"
        layout="vertical"
        requiredMark={false}
        initialValues={{ category: order ? "payment" : "other", priority: "normal", order }}
        onFinish={submit}
      >
        {ask.error && (
          <Form.Item>
            <ProblemAlert error={ask.error} />
          </Form.Item>
        )}
        <Form.Item
          name="subject"
          label={t("subject")}
          rules={[{ required: true, whitespace: true, message: t("subjectMissing") }]}
        >
          <Input autoFocus maxLength={200} />
        </Form.Item>
        <Form.Item name="category" label={t("category")}>
          <Select options={ticketCategories.map((value) => ({ value, label: t(`categories.${value}`) }))} />
        </Form.Item>
        <Form.Item name="priority" label={t("priority")} extra={t("priorityHelp")}>
          <Select options={ticketPriorities.map((value) => ({ value, label: t(`priorities.${value}`) }))} />
        </Form.Item>
        <Form.Item name="order" label={t("order")} extra={t("orderHelp")}>
          <Input maxLength={64} placeholder="ord_…" />
        </Form.Item>
        <Form.Item
          name="body"
          label={t("question")}
          rules={[{ required: true, whitespace: true, message: t("questionMissing") }]}
        >
          <Input.TextArea autoSize={{ minRows: 5, maxRows: 14 }} maxLength={10_000} />
        </Form.Item>
        <Form.Item extra={t("filesHelp")}>
          <FileField files={files} onChange={setFiles} desk={desk} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
