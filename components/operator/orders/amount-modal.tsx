"use client";

import { App, Modal } from "antd";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { formatMoney, parseMoney, plainMoney } from "../../merchant/format.ts";
import { MoneyInput } from "../../merchant/pieces/money-input.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type PlatformOrderStory, useOrderDeeds } from "../api/orders.ts";
import { ReasonField } from "../pieces/reason-field.tsx";
import styles from "./orders.module.css";

interface Props {
  readonly story: PlatformOrderStory;
  readonly deed: "refund" | "freeze" | "release";
  onClose(): void;
}

const randomDigits = () => [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(36)).join("");

/** Refund, hold back, or give back: how much, why, and what follows from it. */
export function AmountModal({ story, deed, onClose }: Props) {
  const t = useTranslations(`console.order.${deed}`);
  const common = useTranslations("console.order");
  const locale = useLocale();
  const amountId = useId();
  const { message } = App.useApp();
  const { currency, id } = story.order;
  const deeds = useOrderDeeds(id);
  const mutation = deeds[deed];
  const [typed, setTyped] = useState(plainMoney(story.left_to_refund, currency));
  const [reason, setReason] = useState("");
  // One number for each opening: a second press repeats the same refund.
  const [number] = useState(() => `OP-${Date.now()}-${randomDigits()}`);
  const amount = parseMoney(typed, currency);
  const isPossible = deed === "release" || (amount !== undefined && amount > 0 && amount <= story.left_to_refund);

  const run = async (): Promise<string> => {
    if (deed === "release") {
      await deeds.release.mutateAsync({ reason });
      return common("proposed");
    }
    const wish = { reason, ...(amount !== undefined && { amount }) };
    if (deed === "freeze") {
      await deeds.freeze.mutateAsync(wish);
      return t("done");
    }
    const { approval } = await deeds.refund.mutateAsync({ ...wish, merchant_refund_no: number });
    return approval ? common("proposed") : t("done");
  };
  const submit = async () => {
    const done = await run().catch(() => undefined);
    if (!done) return;
    message.success(done);
    onClose();
  };

  return (
    <Modal
      open
      title={t("title")}
      onCancel={onClose}
      onOk={submit}
      okText={t("submit")}
      cancelText={common("cancel")}
      okButtonProps={{ disabled: !isPossible || reason.trim() === "", loading: mutation.isPending }}
    >
      <div className={styles.form}>
        {mutation.error && <ProblemAlert error={mutation.error} />}
        <p>
          {t("consequence", {
            amount: amount === undefined ? "–" : formatMoney(locale, amount, currency),
            merchant: story.merchant.name,
          })}
        </p>
        {deed !== "release" && (
          <div className={styles.field}>
            <label htmlFor={amountId}>{common("amount")}</label>
            <MoneyInput id={amountId} currency={currency} value={typed} onChange={setTyped} />
            {!isPossible && (
              <p role="alert" className={styles.problem}>
                {common("amountProblem", { most: formatMoney(locale, story.left_to_refund, currency) })}
              </p>
            )}
          </div>
        )}
        <ReasonField label={common("reason")} value={reason} onChange={setReason} />
      </div>
    </Modal>
  );
}
