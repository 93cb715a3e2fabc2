"use client";

import { App, Modal } from "antd";
import { useLocale, useTranslations } from "next-intl";
import { type Order, useChangeOrder } from "../api/orders.ts";
import { useIdempotencyKey } from "../api/use-api.ts";
import { formatMoney } from "../format.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./orders.module.css";

/** Closes an unpaid order or releases an authorisation; neither can be undone. */
export function EndOrderModal(props: { order: Order; verb: "close" | "void"; onClose: () => void }) {
  const { order, verb, onClose } = props;
  const t = useTranslations(`dashboard.order.${verb}`);
  const locale = useLocale();
  const { message } = App.useApp();
  const change = useChangeOrder(order.id);
  const keyFor = useIdempotencyKey();
  const amount = formatMoney(locale, order.amount, order.currency);

  const submit = async () => {
    const wish = { verb } as const;
    const ended = await change.mutateAsync({ change: wish, key: keyFor(wish) }).catch(() => undefined);
    if (!ended) return;
    message.success(t(ended.status === "closed" ? "done" : "asked"));
    onClose();
  };

  return (
    <Modal
      open
      title={t("title")}
      onCancel={onClose}
      onOk={submit}
      okText={t("submit", { amount })}
      okButtonProps={{ danger: true, loading: change.isPending }}
      cancelText={t("cancel")}
    >
      {change.error && <ProblemAlert error={change.error} />}
      <p className={styles.consequence}>{t("consequence", { amount })}</p>
    </Modal>
  );
}
