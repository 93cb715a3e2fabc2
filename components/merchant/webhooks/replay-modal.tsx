"use client";

import { App, Form, Input, Modal, Radio } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useIdempotencyKey } from "../api/use-api.ts";
import { type ReplayInput, useWebhookActions, type WebhookEndpoint } from "../api/webhooks.ts";
import { dayOf, dayStart } from "../format.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useSession } from "../session.tsx";
import styles from "./webhooks.module.css";

const hourMs = 3_600_000;
const spans = { hour: hourMs, day: 24 * hourMs, week: 168 * hourMs } as const;
type Span = keyof typeof spans;

interface Fields {
  readonly span: Span | "days";
  /** Calendar days in the merchant's zone. */
  readonly from?: string;
  readonly to?: string;
}

/** Sends a stretch of time to an endpoint again: first how many events that would be, then the sending. */
export function ReplayModal({ endpoint, onClose }: { endpoint: WebhookEndpoint; onClose: () => void }) {
  const t = useTranslations("dashboard.webhooks.replay");
  const common = useTranslations("dashboard.webhooks");
  const { merchant, now } = useSession();
  const { timeZone } = merchant;
  const { message } = App.useApp();
  const { countReplay, replay } = useWebhookActions();
  const keyFor = useIdempotencyKey();
  const [form] = Form.useForm<Fields>();
  const span = Form.useWatch("span", form);
  const [counted, setCounted] = useState<{ input: ReplayInput; deliveries: number }>();
  const today = dayOf(now(), timeZone);

  const send = (input: ReplayInput) =>
    replay.mutate(
      { input, key: keyFor(input) },
      {
        onSuccess: ({ deliveries }) => {
          message.success(t("sent", { count: deliveries }));
          onClose();
        },
      },
    );
  const count = (fields: Fields) => {
    const input = { endpoint: endpoint.id, ...momentsOf(fields, timeZone, now()) };
    countReplay.mutate(input, { onSuccess: ({ deliveries }) => setCounted({ input, deliveries }) });
  };
  const forget = () => {
    setCounted(undefined);
    countReplay.reset();
    replay.reset();
  };
  const error = replay.error ?? countReplay.error;
  const isNothing = counted?.deliveries === 0;
  return (
    <Modal
      open
      title={t("title")}
      onCancel={onClose}
      okText={counted && !isNothing ? t("send", { count: counted.deliveries }) : t("count")}
      cancelText={common("cancel")}
      okButtonProps={{
        htmlType: "submit",
        form: "replay",
        loading: countReplay.isPending || replay.isPending,
        disabled: isNothing,
      }}
    >
      <Form<Fields>
        id="replay"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ span: "hour", from: today, to: today }}
        onValuesChange={forget}
        onFinish={(fields) => (counted ? send(counted.input) : count(fields))}
      >
        <p className={styles.soft}>{t("help", { url: endpoint.url })}</p>
        <Form.Item name="span" label={t("range")}>
          <Radio.Group
            vertical
            options={(["hour", "day", "week", "days"] as const).map((value) => ({ value, label: t(`spans.${value}`) }))}
          />
        </Form.Item>
        {span === "days" && (
          <span className={styles.days}>
            <Form.Item name="from" label={t("from")} rules={[{ required: true, message: t("rangeMissing") }]}>
              <Input type="date" max={today} />
            </Form.Item>
            <Form.Item name="to" label={t("to")} rules={[{ required: true, message: t("rangeMissing") }]}>
              <Input type="date" max={today} />
            </Form.Item>
          </span>
        )}
        <div role="status">
          {counted && <p>{isNothing ? t("nothing") : t("consequence", { count: counted.deliveries })}</p>}
        </div>
        {error && <ProblemAlert error={error} />}
      </Form>
    </Modal>
  );
}

function momentsOf({ span, from = "", to = "" }: Fields, timeZone: string, now: Date): { from: string; to: string } {
  if (span !== "days") return { from: new Date(now.getTime() - spans[span]).toISOString(), to: now.toISOString() };
  const begin = dayStart(from, timeZone) ?? now;
  const end = dayStart(to, timeZone, 1) ?? now;
  return { from: begin.toISOString(), to: new Date(end.getTime() - 1).toISOString() };
}
