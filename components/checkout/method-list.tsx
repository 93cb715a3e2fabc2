import { useEffect, useRef, useState } from "react";
import { ActionPanel } from "./action-panel.tsx";
import { CardForm } from "./card-form.tsx";
import { useLanguage } from "./language.tsx";
import { MethodMark } from "./marks.tsx";
import { type MethodRow, methodRows, type Offered } from "./offers.ts";
import styles from "./payment.module.css";
import type { Phase } from "./phase.ts";
import { appName, fill, methodName } from "./texts.ts";
import type { Checkout } from "./use-checkout.ts";

interface ListProps {
  readonly checkout: Checkout;
  readonly phase: Phase;
  readonly amount: string;
  readonly codeImage?: string;
  /** The attempt whose code `codeImage` shows. */
  readonly codeOf?: string;
  readonly walletUserId?: string;
}

/** The ways to pay as rows of which one is open: native disclosures, so they work before any script does. */
export function MethodList(props: ListProps) {
  const { view } = props.checkout;
  const rows = methodRows(view.methods);
  const current = rows.find((row) => row.method === view.attempt?.method) ?? rows[0];
  return (
    <div className={styles.rows}>
      {rows.map((row) => (
        <Row key={row.method} {...props} row={row} isCurrent={row === current} />
      ))}
    </div>
  );
}

function Row(props: ListProps & { row: MethodRow; isCurrent: boolean }) {
  const { row, isCurrent, phase, checkout } = props;
  const { texts } = useLanguage();
  const details = useRef<HTMLDetailsElement>(null);
  // Given once: afterwards the browser knows best which row is open.
  const [isOpenAtFirst] = useState(isCurrent);
  const [wasOpened, setOpened] = useState(false);
  const attemptId = checkout.view.attempt?.id;

  useEffect(() => {
    if (details.current && isCurrent && attemptId) details.current.open = true;
  }, [isCurrent, attemptId]);
  useEffect(() => {
    if (details.current?.open) setOpened(true);
  }, []);

  const attempt = "attempt" in phase && phase.attempt.method === row.method ? phase.attempt : undefined;
  // A shopper whom the bank has sent nowhere may want to type another card.
  const shown = attempt && phase.kind !== "authenticate" ? undefined : row.flows[0];
  const others = row.flows.filter((offer) => offer !== shown && offer.flow !== attempt?.flow);
  return (
    <details
      className={styles.row}
      name="method"
      open={isOpenAtFirst}
      ref={details}
      onToggle={(event) => event.currentTarget.open && setOpened(true)}
    >
      <summary className={styles.summary}>
        <MethodMark method={row.method} />
        <span className={styles.name}>{methodName(texts, row.method)}</span>
        <svg className={styles.chevron} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
          <path d="M4 6l4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
        </svg>
      </summary>
      <div className={styles.body}>
        {attempt ? <ActionPanel {...props} phase={phase} attempt={attempt} /> : null}
        {shown?.flow === "card_fields" ? (
          <CardForm offer={shown} checkout={checkout} amount={props.amount} isOpened={wasOpened} />
        ) : null}
        {shown && shown.flow !== "card_fields" ? <StartForm {...props} offer={shown} isMain /> : null}
        {others.map((offer) =>
          offer.flow === "card_fields" ? null : <StartForm key={offer.flow} {...props} offer={offer} isMain={false} />,
        )}
      </div>
    </details>
  );
}

/** A plain form: with scripts it is sent by fetch, without them by the browser. */
function StartForm(props: ListProps & { offer: Offered; isMain: boolean }) {
  const { checkout, offer, isMain, amount, walletUserId } = props;
  const { texts } = useLanguage();
  const { method, flow } = offer;
  const words = texts.flows[flow as keyof typeof texts.flows];
  const app = appName(texts, method);
  const isStarting = checkout.starting === `${method} ${flow}`;
  if (flow === "wallet_sdk" && !walletUserId) {
    return <p className={styles.soft}>{fill(texts.wallet.noIdentity, { app })}</p>;
  }
  const sendsId = flow === "wallet_sdk" && walletUserId !== undefined;
  return (
    <form
      method="post"
      action={`/pay/${checkout.view.order}/attempts`}
      onSubmit={(event) => {
        event.preventDefault();
        if (checkout.starting) return;
        void checkout.start({ method, flow, ...(sendsId && { wallet_user_id: walletUserId }) });
      }}
    >
      <input type="hidden" name="method" value={method} />
      <input type="hidden" name="flow" value={flow} />
      {sendsId ? <input type="hidden" name="wallet_user_id" value={walletUserId} /> : null}
      {isMain ? <p className={`${styles.soft} ${styles.about}`}>{fill(words.about, { app })}</p> : null}
      <button
        className={isMain ? styles.primary : styles.link}
        type="submit"
        aria-disabled={checkout.starting !== undefined}
      >
        {isStarting ? texts.busy : fill(isMain ? words.pay : words.instead, { amount, app })}
      </button>
    </form>
  );
}
