"use client";

import { useEffect, useState } from "react";
import type { PaymentView } from "./shopper-api.ts";
import { type FailReason, formatFen, type SandboxLocale, type Texts, textsOf } from "./texts.ts";
import { usePayment, type WalletSource } from "./use-payment.ts";
import styles from "./wallet.module.css";

export type { WalletSource } from "./use-payment.ts";

interface WalletProps {
  readonly locale: SandboxLocale;
  readonly entry: "scan" | "h5" | "jsapi";
  readonly source: WalletSource;
  readonly redirectUrl?: string;
}

const slowMs = 5000;
const returnAfterMs = 3000;

/** The shopper's side of one payment: see what is asked, then pay, cancel or fail. */
export function Wallet({ locale, entry, source, redirectUrl }: WalletProps) {
  const texts = textsOf[locale];
  const { payment, problem, aftermath, isBusy, act, forget } = usePayment(source, entry);
  const returnUrl = useReturnUrl(redirectUrl);
  const isPaid = payment?.state === "paid";
  useEffect(() => {
    if (!isPaid || !returnUrl) return;
    const timer = setTimeout(() => location.assign(returnUrl), returnAfterMs);
    return () => clearTimeout(timer);
  }, [isPaid, returnUrl]);

  const back = returnUrl ? (
    <a className={styles.secondary} href={returnUrl}>
      {texts.back}
    </a>
  ) : null;

  return (
    <section className={styles.card} aria-busy={isBusy || (!payment && !problem)}>
      {payment ? <Asked payment={payment} texts={texts} /> : null}
      <div aria-live="polite">
        {problem ? <p className={styles.failure}>{texts[problem]}</p> : null}
        {payment || problem ? null : <p className={styles.hint}>{texts.loading}</p>}
        {payment ? <Outcome payment={payment} aftermath={aftermath} texts={texts} /> : null}
      </div>
      {payment?.state === "payable" && !aftermath ? (
        <Choices payment={payment} texts={texts} isBusy={isBusy} act={act} />
      ) : null}
      {payment?.state === "payable" && aftermath ? (
        <button className={styles.primary} type="button" onClick={forget}>
          {texts.tryAgain}
        </button>
      ) : null}
      {payment && (payment.state !== "payable" || aftermath) ? back : null}
    </section>
  );
}

function Asked({ payment, texts }: { payment: PaymentView; texts: Texts }) {
  return (
    <>
      <h1 className={styles.payee}>
        <span className={styles.hint}>{texts.payTo}</span> {payment.payee}
      </h1>
      <p className={styles.amount}>{formatFen(payment.amount)}</p>
      <p className={styles.description}>{payment.description}</p>
    </>
  );
}

function Outcome(props: { payment: PaymentView; aftermath: "canceled" | "failed" | undefined; texts: Texts }) {
  const { payment, aftermath, texts } = props;
  switch (payment.state) {
    case "paid":
      return (
        <>
          <p className={styles.success}>✓ {texts.paid}</p>
          <p className={styles.hint}>
            {texts.transaction} {payment.transaction_id}
          </p>
        </>
      );
    case "paying":
      return <p className={styles.hint}>{texts.paying}</p>;
    case "closed":
    case "expired":
      return <p className={styles.failure}>{texts[payment.state]}</p>;
    case "payable":
      if (aftermath === "canceled") return <p className={styles.hint}>{texts.canceled}</p>;
      return aftermath === "failed" ? <p className={styles.failure}>{texts.failed}</p> : null;
  }
}

interface ChoicesProps {
  readonly payment: PaymentView;
  readonly texts: Texts;
  readonly isBusy: boolean;
  readonly act: ReturnType<typeof usePayment>["act"];
}

function Choices({ payment, texts, isBusy, act }: ChoicesProps) {
  const [reason, setReason] = useState<FailReason>("insufficient_funds");
  const reasons = Object.entries(texts.reasons) as [FailReason, string][];
  return (
    <>
      <button className={styles.primary} type="button" disabled={isBusy} onClick={() => act("pay")}>
        {texts.pay} {formatFen(payment.amount)}
      </button>
      <button
        className={styles.secondary}
        type="button"
        disabled={isBusy}
        onClick={() => act("pay", { afterMs: slowMs })}
      >
        {texts.paySlowly}
      </button>
      <button className={styles.secondary} type="button" disabled={isBusy} onClick={() => act("cancel")}>
        {texts.cancel}
      </button>
      <div className={styles.failing}>
        <label className={styles.label} htmlFor="reason">
          {texts.failReason}
        </label>
        <select
          className={styles.input}
          id="reason"
          value={reason}
          onChange={(event) => setReason(event.target.value as FailReason)}
        >
          {reasons.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <button className={styles.secondary} type="button" disabled={isBusy} onClick={() => act("fail", { reason })}>
          {texts.fail}
        </button>
      </div>
    </>
  );
}

/** Only to where the payment came from: a link to this page must not be able to send a shopper anywhere else. */
function useReturnUrl(redirectUrl: string | undefined): string | undefined {
  const [returnUrl, setReturnUrl] = useState<string>();
  useEffect(() => {
    if (!redirectUrl || !URL.canParse(redirectUrl, location.href)) return;
    const url = new URL(redirectUrl, location.href);
    if (url.origin === location.origin) setReturnUrl(url.href);
  }, [redirectUrl]);
  return returnUrl;
}
