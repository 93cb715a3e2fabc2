"use client";

import { App, Modal } from "antd";
import { useLocale, useTranslations } from "next-intl";
import type { OrderStory } from "../api/orders.ts";
import { useCreateRefund } from "../api/refunds.ts";
import { useIdempotencyKey } from "../api/use-api.ts";
import { formatMoney } from "../format.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { spareOf } from "./order-life.ts";
import styles from "./orders.module.css";

/** Gives back, whole, a payment that the order did not take; the order stays as it is. */
export function ReturnModal({ story, onClose }: { story: OrderStory; onClose: () => void }) {
  const t = useTranslations("dashboard.order.return");
  const methods = useTranslations("dashboard.methods");
  const locale = useLocale();
  const { message } = App.useApp();
  const create = useCreateRefund();
  const keyFor = useIdempotencyKey();
  const spare = spareOf(story);
  if (!spare) return null;
  const { attempt, amount, currency } = spare;
  const sum = formatMoney(locale, amount, currency);
  const tries = story.refunds.filter((refund) => refund.attempt === attempt.id).length;
  const submit = () => {
    const number = `${story.order.merchant_order_no.slice(0, 48)}-${attempt.id.slice(-8)}-${tries + 1}`;
    const refund = { order: story.order.id, attempt: attempt.id, amount, merchant_refund_no: number };
    create.mutate(
      { refund, key: keyFor(refund) },
      {
        onSuccess: () => {
          message.success(t("accepted"));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      open
      title={t("title")}
      onCancel={onClose}
      onOk={submit}
      okText={t("submit", { amount: sum })}
      okButtonProps={{ danger: true, loading: create.isPending }}
      cancelText={t("cancel")}
      mask={{ closable: false }}
    >
      <p className={styles.consequence}>
        {t("consequence", {
          amount: sum,
          method: methods.has(attempt.method as "card") ? methods(attempt.method as "card") : attempt.method,
        })}
      </p>
      {create.error && <ProblemAlert error={create.error} />}
    </Modal>
  );
}
