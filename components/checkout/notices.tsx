import type { CheckoutAttempt, CheckoutView } from "#lib/checkout/checkout-view";
import { useLanguage } from "./language.tsx";
import { Sign } from "./marks.tsx";
import styles from "./payment.module.css";
import { declineText, fill } from "./texts.ts";
import type { Problem } from "./use-checkout.ts";

/** Why the last attempt came to nothing, and what to do next. */
export function Notice({ kind, attempt }: { kind: "declined" | "canceled"; attempt: CheckoutAttempt }) {
  const { texts } = useLanguage();
  const isDeclined = kind === "declined";
  return (
    <div className={isDeclined ? `${styles.notice} ${styles.bad}` : `${styles.notice} ${styles.mild}`}>
      <Sign meaning={isDeclined ? "failure" : "attention"} />
      <div>
        <p className={styles.noticeTitle}>{texts.notice[kind]}</p>
        <p>{isDeclined ? declineText(texts, attempt.decline_reason) : texts.notice.canceledText}</p>
      </div>
    </div>
  );
}

export function ProblemNotice({ problem }: { problem: Problem }) {
  const { texts } = useLanguage();
  return (
    <div className={`${styles.notice} ${styles.bad}`} role="alert">
      <Sign meaning="failure" />
      <div>
        <p className={styles.noticeTitle}>{texts.notice.problem}</p>
        <p>{problem.text ?? texts.notice.network}</p>
        {problem.reference ? (
          <p className={styles.small}>
            {texts.notice.reference} <span className={styles.code}>{problem.reference}</span>
          </p>
        ) : null}
      </div>
    </div>
  );
}

export function CheckingPanel() {
  const { texts } = useLanguage();
  return (
    <div className={styles.state} aria-busy="true">
      <span className={styles.spinner} aria-hidden="true" />
      <p className={styles.stateTitle}>{texts.checking.title}</p>
      <p className={styles.soft}>{texts.checking.text}</p>
    </div>
  );
}

export function NoMethodsPanel({ view }: { view: CheckoutView }) {
  const { texts } = useLanguage();
  return (
    <div className={styles.state}>
      <Sign meaning="attention" />
      <p className={styles.stateTitle}>{texts.methods.none}</p>
      <p className={styles.soft}>
        {fill(texts.methods.noneHelp, { merchant: view.merchant.name, number: view.merchant_order_no })}
      </p>
    </div>
  );
}
