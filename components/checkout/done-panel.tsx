import { useEffect, useState } from "react";
import type { CheckoutView } from "#lib/checkout/checkout-view";
import { formatMinor } from "./amount.ts";
import { useLanguage } from "./language.tsx";
import { type Meaning, Sign } from "./marks.tsx";
import styles from "./payment.module.css";
import { type Ending, returnAddress } from "./phase.ts";
import states from "./states.module.css";
import { fill, methodName } from "./texts.ts";

interface DoneProps {
  readonly view: CheckoutView;
  readonly amount: string;
  readonly exponent: number;
  readonly ending: Ending;
  /** It ended just now, before the shopper's eyes: only then is he taken back to the shop by himself. */
  readonly isFresh: boolean;
}

const meanings: Record<Ending, Meaning> = {
  paid: "success",
  authorized: "success",
  partially_refunded: "success",
  refunded: "waiting",
  returned: "waiting",
  closed: "attention",
  expired: "attention",
};

/** How it ended: what happened to the money, a receipt, and the way back to the shop. */
export function DonePanel({ view, amount, exponent, ending, isFresh }: DoneProps) {
  const { texts } = useLanguage();
  const words = texts.done[ending];
  const merchant = view.merchant.name;
  const hasReceipt = ending !== "closed" && ending !== "expired" && ending !== "returned";
  const isGood = ending === "paid" || ending === "authorized";
  const back = returnAddress(view, ending);
  return (
    <div className={states.state}>
      <Sign meaning={meanings[ending]} />
      <p className={states.stateTitle}>{words.title}</p>
      {hasReceipt ? <p className={states.stateAmount}>{amount}</p> : null}
      <p className={styles.soft}>{fill(words.text, { merchant })}</p>
      {hasReceipt ? <Receipt view={view} exponent={exponent} /> : null}
      {back ? <WayBack address={back} merchant={merchant} order={view.order} isByItself={isGood && isFresh} /> : null}
      {hasReceipt ? (
        <button className={`${styles.link} ${states.screenOnly}`} type="button" onClick={() => window.print()}>
          {texts.receipt.print}
        </button>
      ) : null}
    </div>
  );
}

function Receipt({ view, exponent }: { view: CheckoutView; exponent: number }) {
  const { locale, texts } = useLanguage();
  const paidAt = useLocalTime(view.paid_at, locale);
  const facts: readonly (readonly [string, string | undefined])[] = [
    [texts.receipt.paidTo, view.merchant.name],
    [texts.receipt.subject, view.subject],
    [texts.summary.orderNo, view.merchant_order_no],
    [texts.receipt.paidWith, view.attempt ? methodName(texts, view.attempt.method) : undefined],
    [texts.receipt.paidAt, paidAt],
    [
      texts.receipt.refunded,
      view.amount_refunded > 0 ? formatMinor(view.amount_refunded, view.currency, exponent, locale) : undefined,
    ],
    [texts.receipt.reference, view.attempt?.id],
  ];
  return (
    <dl className={states.facts} aria-label={texts.receipt.heading}>
      {facts.map(([name, value]) =>
        value ? (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

/** In the shopper's own time zone, which only his browser knows. */
function useLocalTime(iso: string | null, locale: string): string | undefined {
  const [text, setText] = useState<string>();
  useEffect(() => {
    if (!iso) return;
    const format = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" });
    setText(format.format(new Date(iso)));
  }, [iso, locale]);
  return text;
}

const returnAfterS = 5;

interface WayBackProps {
  readonly address: string;
  readonly merchant: string;
  readonly order: string;
  readonly isByItself: boolean;
}

function WayBack({ address, merchant, order, isByItself }: WayBackProps) {
  const { texts } = useLanguage();
  const [seconds, setSeconds] = useState<number>();
  const memory = `returned:${order}`;

  // Once: a shopper who comes back with the browser's own button wants to stay.
  useEffect(() => {
    if (isByItself && !sessionStorage.getItem(memory)) setSeconds(returnAfterS);
  }, [isByItself, memory]);

  useEffect(() => {
    if (seconds === undefined) return;
    if (seconds === 0) {
      sessionStorage.setItem(memory, "1");
      window.location.assign(address);
      return;
    }
    const timer = setTimeout(() => setSeconds(seconds - 1), 1000);
    return () => clearTimeout(timer);
  }, [seconds, address, memory]);

  return (
    <div className={`${states.wayBack} ${states.screenOnly}`}>
      <a className={styles.primary} href={address}>
        {fill(texts.goBack.link, { merchant })}
      </a>
      {seconds ? (
        <p className={styles.small}>
          <span>{fill(texts.goBack.soon, { seconds })}</span>{" "}
          <button className={styles.inline} type="button" onClick={() => setSeconds(undefined)}>
            {texts.goBack.stay}
          </button>
        </p>
      ) : null}
    </div>
  );
}
