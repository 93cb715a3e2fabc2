"use client";

import { App, Form, Modal } from "antd";
import { useLocale, useTranslations } from "next-intl";
import { type Order, useChangeOrder } from "../api/orders.ts";
import { useIdempotencyKey } from "../api/use-api.ts";
import { formatMoney, parseMoney, plainMoney } from "../format.ts";
import { MoneyInput } from "../pieces/money-input.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./orders.module.css";

/** Takes the authorised money or a part of it, once: the rest is released. */
export function CaptureModal({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useTranslations("dashboard.order.capture");
  const locale = useLocale();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ amount: string }>();
  const change = useChangeOrder(order.id);
  const keyFor = useIdempotencyKey();
  const amount = parseMoney(Form.useWatch("amount", form) ?? "", order.currency);
  const text = (minor: number) => formatMoney(locale, minor, order.currency);
  const isValid = amount !== undefined && amount > 0 && amount <= order.amount;

  const submit = async () => {
    if (!isValid) return;
    const wish = { verb: "capture", amount } as const;
    const captured = await change.mutateAsync({ change: wish, key: keyFor(wish) }).catch(() => undefined);
    if (!captured) return;
    message.success(t(captured.status === "authorized" ? "asked" : "done"));
    onClose();
  };

  return (
    <Modal
      open
      title={t("title")}
      onCancel={onClose}
      okText={isValid ? t("submit", { amount: text(amount) }) : t("submitEmpty")}
      okButtonProps={{ htmlType: "submit", form: "capture", loading: change.isPending }}
      cancelText={t("cancel")}
      mask={{ closable: false }}
    >
      <Form
        id="capture"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ amount: plainMoney(order.amount, order.currency) }}
        onFinish={submit}
      >
        {change.error && (
          <Form.Item>
            <ProblemAlert error={change.error} />
          </Form.Item>
        )}
        <Form.Item
          name="amount"
          label={t("amount")}
          extra={t("most", { amount: text(order.amount) })}
          rules={[{ validator: () => (isValid ? Promise.resolve() : Promise.reject(t("invalid"))) }]}
        >
          <MoneyInput currency={order.currency} autoFocus />
        </Form.Item>
        {isValid && (
          <p className={styles.consequence} role="status">
            {t("takes", { amount: text(amount) })}
            {amount < order.amount && t("releases", { amount: text(order.amount - amount) })}
          </p>
        )}
      </Form>
    </Modal>
  );
}
