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

/** Ways to pay that are missing only for now. */
export function MaintenanceNotice({ methods }: { methods: readonly string[] }) {
  const { texts } = useLanguage();
  const names: Readonly<Record<string, string>> = texts.methods.names;
  const list = methods.map((method) => names[method] ?? method).join(texts.methods.maintenanceJoin);
  return <p className={styles.soft}>{fill(texts.methods.maintenanceSome, { methods: list })}</p>;
}

export function NoMethodsPanel({ view }: { view: CheckoutView }) {
  const { texts } = useLanguage();
  const [title, help] = !view.accepts_payments
    ? [texts.methods.closed, texts.methods.closedHelp]
    : view.maintenance.length > 0
      ? [texts.methods.maintenance, texts.methods.maintenanceHelp]
      : [texts.methods.none, texts.methods.noneHelp];
  return (
    <div className={states.state}>
      <Sign meaning="attention" />
      <p className={states.stateTitle}>{title}</p>
      <p className={styles.soft}>{fill(help, { merchant: view.merchant.name, number: view.merchant_order_no })}</p>
    </div>
  );
}
