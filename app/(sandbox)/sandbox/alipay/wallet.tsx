"use client";

import { useEffect, useState } from "react";
import { type FailureReason, type Language, type Texts, texts } from "./texts.ts";
import { type Act, type TradeView, useTrade } from "./use-trade.ts";
import styles from "./wallet.module.css";

const slowMs = 5_000;
const returnAfterMs = 3_000;

/** `¥1,288.80` for `1288.80`, digit by digit: an amount never becomes a floating-point number. */
function yuan(amount: string): string {
  return `¥${amount.replace(/\B(?=(\d{3})+\.)/g, ",")}`;
}

/** What the wallet shows for a code: whom, how much, and what the shopper does about it. */
export function Wallet({ code, language }: { code: string; language: Language }) {
  const text = texts[language];
  const { loaded, isBusy, isBroken, open, act } = useTrade(code);
  const [isCanceled, setCanceled] = useState(false);

  async function choose(how: Act) {
    setCanceled(false);
    await act(how);
    setCanceled(how.act === "cancel");
  }

  if (loaded.state === "loading") {
    return isBroken ? <Broken text={text} retry={open} /> : <p role="status">{text.loading}</p>;
  }
  if (loaded.state === "absent") {
    return (
      <p className={styles.note} role="alert">
        {text.notFound}
      </p>
    );
  }

  const { trade } = loaded;
  return (
    <>
      <Facts trade={trade} text={text} />
      {isBroken ? <p role="alert">{text.broken}</p> : null}
      {trade.status === "WAIT_BUYER_PAY" ? (
        <Choices trade={trade} text={text} isBusy={isBusy} isCanceled={isCanceled} choose={choose} />
      ) : (
        <Ending trade={trade} text={text} />
      )}
    </>
  );
}

function Broken({ text, retry }: { text: Texts; retry: () => Promise<void> }) {
  return (
    <div className={styles.stack}>
      <p role="alert">{text.broken}</p>
      <button className={styles.primary} type="button" onClick={() => void retry()}>
        {text.open}
      </button>
    </div>
  );
}

function Facts({ trade, text }: { trade: TradeView; text: Texts }) {
  return (
    <>
      <h1 className={styles.payee}>
        <span className={styles.label}>{text.payTo}</span>
        {trade.payee}
      </h1>
      <p className={styles.amount}>{yuan(trade.amount)}</p>
      <p className={styles.subject}>{trade.subject}</p>
      <dl className={styles.facts}>
        <div>
          <dt>{text.order}</dt>
          <dd>{trade.out_trade_no}</dd>
        </div>
        {trade.trade_no ? (
          <div>
            <dt>{text.tradeNo}</dt>
            <dd>{trade.trade_no}</dd>
          </div>
        ) : null}
        {trade.refunded ? (
          <div>
            <dt>{text.refunded}</dt>
            <dd>{yuan(trade.refunded)}</dd>
          </div>
        ) : null}
      </dl>
    </>
  );
}

interface ChoicesProps {
  readonly trade: TradeView;
  readonly text: Texts;
  readonly isBusy: boolean;
  readonly isCanceled: boolean;
  readonly choose: (how: Act) => Promise<void>;
}

function Choices({ trade, text, isBusy, isCanceled, choose }: ChoicesProps) {
  const reasons = Object.entries(text.reasons) as [FailureReason, string][];
  const [reason, setReason] = useState<FailureReason>("insufficient_funds");
  const isHeld = isBusy || trade.is_paying;
  return (
    <div className={styles.stack}>
      <p className={trade.failure_code ? styles.failure : styles.note} role="status">
        {statusLine(trade, text, isCanceled)}
      </p>
      <button className={styles.primary} type="button" disabled={isHeld} onClick={() => void choose({ act: "pay" })}>
        {text.pay} {yuan(trade.amount)}
      </button>
      <button type="button" disabled={isHeld} onClick={() => void choose({ act: "pay", afterMs: slowMs })}>
        {text.paySlowly}
      </button>
      <button type="button" disabled={isBusy} onClick={() => void choose({ act: "cancel" })}>
        {text.cancel}
      </button>
      <div className={styles.row}>
        <label className={styles.field}>
          {text.failWith}
          <select value={reason} onChange={(event) => setReason(event.target.value as FailureReason)}>
            {reasons.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <button type="button" disabled={isHeld} onClick={() => void choose({ act: "fail", reason })}>
          {text.fail}
        </button>
      </div>
      {trade.leave_url ? <a href={trade.leave_url}>{text.backWithoutPaying}</a> : null}
    </div>
  );
}

function statusLine(trade: TradeView, text: Texts, isCanceled: boolean): string {
  if (trade.is_paying) return text.paying;
  if (trade.failure_code) return text.failures[trade.failure_code] ?? trade.failure_code;
  return isCanceled ? text.canceled : "";
}

function Ending({ trade, text }: { trade: TradeView; text: Texts }) {
  const isPaid = trade.status === "TRADE_SUCCESS";
  const target = isPaid ? trade.return_url : null;
  useEffect(() => {
    if (!target) return;
    const timer = setTimeout(() => window.location.assign(target), returnAfterMs);
    return () => clearTimeout(timer);
  }, [target]);
  return (
    <div className={styles.stack}>
      <p className={isPaid ? styles.success : styles.failure} role="status">
        {trade.status in text.states ? text.states[trade.status as keyof Texts["states"]] : trade.status}
      </p>
      {target ? (
        <>
          <p className={styles.note}>{text.backSoon}</p>
          <a className={styles.primary} href={target}>
            {text.back}
          </a>
        </>
      ) : null}
    </div>
  );
}
