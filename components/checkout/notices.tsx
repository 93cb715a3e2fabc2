import type { CheckoutAttempt, CheckoutView } from "#lib/checkout/checkout-view";
import { useLanguage } from "./language.tsx";
import { Sign } from "./marks.tsx";
import styles from "./payment.module.css";
import states from "./states.module.css";
import { declineText, fill } from "./texts.ts";
import type { Problem } from "./use-checkout.ts";

/** Why the last attempt came to nothing, and what to do next. */
export function Notice({ kind, attempt }: { kind: "declined" | "canceled"; attempt: CheckoutAttempt }) {
  const { texts } = useLanguage();
  const isDeclined = kind === "declined";
  return (
    <div className={isDeclined ? `${states.notice} ${states.bad}` : `${states.notice} ${states.mild}`}>
      <Sign meaning={isDeclined ? "failure" : "attention"} />
      <div>
        <p className={states.noticeTitle}>{texts.notice[kind]}</p>
        <p>{isDeclined ? declineText(texts, attempt.decline_reason) : texts.notice.canceledText}</p>
      </div>
    </div>
  );
}

export function ProblemNotice({ problem }: { problem: Problem }) {
  const { texts } = useLanguage();
  return (
    <div className={`${states.notice} ${states.bad}`} role="alert">
      <Sign meaning="failure" />
      <div>
        <p className={states.noticeTitle}>{texts.notice.problem}</p>
        <p>{problem.text ?? texts.notice.network}</p>
        {problem.reference ? (
          <p className={styles.small}>
            {texts.notice.reference} <span className={states.code}>{problem.reference}</span>
          </p>
        ) : null}
      </div>
    </div>
  );
}

export function CheckingPanel() {
  const { texts } = useLanguage();
  return (
    <div className={states.state} aria-busy="true">
      <span className={states.spinner} aria-hidden="true" />
      <p className={states.stateTitle}>{texts.checking.title}</p>
      <p className={styles.soft}>{texts.checking.text}</p>
    </div>
  );
}

export function NoMethodsPanel({ view }: { view: CheckoutView }) {
  const { texts } = useLanguage();
  return (
    <div className={states.state}>
      <Sign meaning="attention" />
      <p className={states.stateTitle}>{texts.methods.none}</p>
      <p className={styles.soft}>
        {fill(texts.methods.noneHelp, { merchant: view.merchant.name, number: view.merchant_order_no })}
      </p>
    </div>
  );
}
