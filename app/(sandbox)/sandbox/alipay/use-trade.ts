"use client";

import { useCallback, useEffect, useState } from "react";

/** A trade as the wallet's endpoints show it. */
export interface TradeView {
  readonly kind: "precreate" | "page" | "wap" | "create";
  readonly status:
    | "PREPARED"
    | "WAIT_BUYER_PAY"
    | "TRADE_SUCCESS"
    | "TRADE_CLOSED"
    | "TRADE_FINISHED"
    | "CODE_EXPIRED"
    | "CALLED_OFF";
  readonly amount: string;
  readonly subject: string;
  readonly payee: string;
  readonly trade_no: string | null;
  readonly out_trade_no: string;
  readonly is_paying: boolean;
  readonly failure_code: string | null;
  readonly refunded: string | null;
  readonly return_url: string | null;
  readonly leave_url: string | null;
}

export type Act =
  | { readonly act: "pay"; readonly afterMs?: number }
  | { readonly act: "cancel" }
  | { readonly act: "fail"; readonly reason: string };

type Loaded =
  | { readonly state: "loading" }
  | { readonly state: "absent" }
  | { readonly state: "shown"; readonly trade: TradeView };

const base = "/sim/alipay/shopper";
const payingPollMs = 1_000;
const waitingPollMs = 3_000;

async function post(path: string, body: unknown): Promise<TradeView | undefined> {
  const response = await fetch(`${base}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (response.status === 404 || response.status === 400) return undefined;
  if (!response.ok) throw new Error(`wallet answered ${response.status}`);
  return (await response.json()) as TradeView;
}

async function read(code: string): Promise<TradeView | undefined> {
  const response = await fetch(`${base}/trade?code=${encodeURIComponent(code)}`);
  return response.ok ? ((await response.json()) as TradeView) : undefined;
}

/** Opens the trade behind a code, follows it while it waits, and acts on it. */
export function useTrade(code: string) {
  const [loaded, setLoaded] = useState<Loaded>({ state: "loading" });
  const [isBusy, setBusy] = useState(false);
  const [isBroken, setBroken] = useState(false);

  const run = useCallback(async (call: () => Promise<TradeView | undefined>) => {
    setBusy(true);
    try {
      const trade = await call();
      setLoaded(trade ? { state: "shown", trade } : { state: "absent" });
      setBroken(false);
    } catch {
      setBroken(true);
    } finally {
      setBusy(false);
    }
  }, []);

  const open = useCallback(() => run(() => post("/open", { code })), [code, run]);
  const act = useCallback((how: Act) => run(() => post("/act", { code, act: how })), [code, run]);

  useEffect(() => {
    void open();
  }, [open]);

  const trade = loaded.state === "shown" ? loaded.trade : undefined;
  const pollMs = trade?.status === "WAIT_BUYER_PAY" ? (trade.is_paying ? payingPollMs : waitingPollMs) : undefined;
  useEffect(() => {
    if (pollMs === undefined) return;
    const timer = setInterval(() => {
      read(code).then(
        (next) => next && setLoaded({ state: "shown", trade: next }),
        () => undefined,
      );
    }, pollMs);
    return () => clearInterval(timer);
  }, [code, pollMs]);

  return { loaded, isBusy, isBroken, open, act };
}
