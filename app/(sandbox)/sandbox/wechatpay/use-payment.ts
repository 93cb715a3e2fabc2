import { useCallback, useEffect, useState } from "react";
import {
  actOnPayment,
  fetchPayment,
  openCashier,
  type PaymentView,
  type ProblemCode,
  ShopperProblem,
} from "./shopper-api.ts";
import type { FailReason } from "./texts.ts";

/** The code itself, or signed parameters that lead to it. */
export type WalletSource = { readonly code: string } | { readonly signed: Record<string, string> };

/** What the shopper did last in this window, where the payment itself does not show it. */
export type Aftermath = "canceled" | "failed" | undefined;

const pollMs = 1000;

export function usePayment(source: WalletSource, entry: string) {
  const [payment, setPayment] = useState<PaymentView>();
  const [problem, setProblem] = useState<ProblemCode>();
  const [aftermath, setAftermath] = useState<Aftermath>();
  const [isBusy, setIsBusy] = useState(false);

  const run = useCallback(async (work: () => Promise<PaymentView>) => {
    try {
      setPayment(await work());
      setProblem(undefined);
    } catch (error) {
      setProblem(error instanceof ShopperProblem ? error.code : "unreachable");
    }
  }, []);

  // The source comes from the server with every render; its text tells whether it is another one.
  const sourceText = JSON.stringify(source);
  useEffect(() => {
    const opened = JSON.parse(sourceText) as WalletSource;
    void run(async () => {
      return fetchPayment("code" in opened ? opened.code : await openCashier(opened.signed), entry);
    });
  }, [sourceText, entry, run]);

  const isPaying = payment?.state === "paying";
  const code = payment?.code;
  useEffect(() => {
    if (!isPaying || code === undefined) return;
    const timer = setInterval(() => void run(() => fetchPayment(code, "scan")), pollMs);
    return () => clearInterval(timer);
  }, [isPaying, code, run]);

  const act = async (act: "pay" | "cancel" | "fail", more: { afterMs?: number; reason?: FailReason } = {}) => {
    if (code === undefined) return;
    setIsBusy(true);
    await run(() => actOnPayment({ code, act, ...more }));
    setAftermath(act === "pay" ? undefined : act === "cancel" ? "canceled" : "failed");
    setIsBusy(false);
  };

  return { payment, problem, aftermath, isBusy, act, forget: () => setAftermath(undefined) };
}
