"use client";

import { useCallback, useEffect, useState } from "react";
import styles from "./challenge.module.css";
import type { Texts } from "./texts.ts";

interface State {
  readonly payee: string;
  readonly amount: string;
  readonly brand: string;
  readonly last4: string;
  readonly status: string;
  readonly returnUrl: string | null;
}

interface Props {
  readonly intent: string;
  readonly secret: string;
  readonly language: string;
  readonly texts: Texts;
}

const slowMs = 5000;
const pollMs = 500;
const reasons = [
  "authentication_failed",
  "insufficient_funds",
  "card_declined",
  "lost_or_stolen",
  "provider_error",
] as const;

/** `1,234.56 USD`: thousands apart, on the text, since no number holds major units. */
function grouped(amount: string): string {
  return amount.replace(/^\d+/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ","));
}

export function Challenge({ intent, secret, language, texts }: Props) {
  const url = `/sim/stripe/shopper/challenges/${encodeURIComponent(intent)}?secret=${encodeURIComponent(secret)}`;
  const [state, setState] = useState<State>();
  const [problem, setProblem] = useState<string>();
  const [phase, setPhase] = useState<"asking" | "sending" | "waiting">("asking");
  const [reason, setReason] = useState<string>(reasons[0]);

  const load = useCallback(
    async (init?: RequestInit) => {
      try {
        const response = await fetch(url, init);
        if (!response.ok) return setProblem(response.status === 404 ? texts.gone : texts.broken);
        setProblem(undefined);
        setState((await response.json()) as State);
      } catch {
        setProblem(texts.broken);
        setPhase("asking");
      }
    },
    [url, texts],
  );

  useEffect(() => void load(), [load]);

  useEffect(() => {
    if (state?.returnUrl) window.location.replace(state.returnUrl);
  }, [state]);

  useEffect(() => {
    if (phase !== "waiting") return;
    const timer = setInterval(() => void load(), pollMs);
    return () => clearInterval(timer);
  }, [phase, load]);

  async function act(body: { act: string; afterMs?: number; reason?: string }) {
    setPhase("sending");
    await load({ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    if (body.afterMs) setPhase("waiting");
  }

  const isOver = Boolean(state?.returnUrl);
  const isBusy = isOver || phase !== "asking";
  return (
    <main className={styles.page} lang={language}>
      <section className={styles.panel} aria-labelledby="title" aria-busy={phase === "waiting"}>
        <p className={styles.bank}>{texts.bank}</p>
        <p className={styles.sandbox}>{texts.sandbox}</p>
        <h1 id="title" className={styles.title}>
          {texts.title}
        </h1>
        {state ? (
          <>
            <dl className={styles.facts}>
              <dt>{texts.amount}</dt>
              <dd className={styles.amount}>{grouped(state.amount)}</dd>
              <dt>{texts.payee}</dt>
              <dd>{state.payee}</dd>
              {state.last4 ? (
                <>
                  <dt>{texts.card}</dt>
                  <dd className={styles.card}>
                    {state.brand} •••• {state.last4}
                  </dd>
                </>
              ) : null}
            </dl>
            <p className={styles.question}>{texts.question}</p>
            <div className={styles.buttons}>
              <button type="button" className={styles.primary} disabled={isBusy} onClick={() => act({ act: "pay" })}>
                {texts.authenticate}
              </button>
              <button type="button" disabled={isBusy} onClick={() => act({ act: "pay", afterMs: slowMs })}>
                {texts.authenticateSlowly}
              </button>
              <div className={styles.failure}>
                <label htmlFor="reason">{texts.outcome}</label>
                <select
                  id="reason"
                  value={reason}
                  disabled={isBusy}
                  onChange={(event) => setReason(event.target.value)}
                >
                  {reasons.map((each) => (
                    <option key={each} value={each}>
                      {texts[each]}
                    </option>
                  ))}
                </select>
                <button
                  type="button"
                  className={styles.danger}
                  disabled={isBusy}
                  onClick={() => act(reason === reasons[0] ? { act: "fail" } : { act: "fail", reason })}
                >
                  {texts.fail}
                </button>
              </div>
              <button type="button" className={styles.quiet} disabled={isBusy} onClick={() => act({ act: "cancel" })}>
                {texts.cancel}
              </button>
            </div>
          </>
        ) : null}
        <p className={problem ? styles.problem : styles.progress} role="status">
          {problem ?? (isOver ? texts.returning : phase === "waiting" ? texts.waiting : state ? "" : texts.loading)}
        </p>
      </section>
    </main>
  );
}
