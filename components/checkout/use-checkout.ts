import { useCallback, useEffect, useRef, useState } from "react";
import type { CheckoutView } from "#lib/checkout/checkout-view";
import { fetchView, Refusal, type Start, startAttempt } from "./ask-api.ts";
import { isSettled } from "./phase.ts";
import { type Watch, watchCheckout } from "./watch-checkout.ts";

/** Why the last try to start did not work; without a text, the server was not reached. */
export interface Problem {
  readonly text?: string;
  readonly reference?: string;
}

export interface Checkout {
  readonly view: CheckoutView;
  readonly isReachable: boolean;
  /** The method and flow that is being started. */
  readonly starting: string | undefined;
  readonly problem: Problem | undefined;
  start(start: Start): Promise<void>;
  refresh(): void;
}

/**
 * The order as it is now, and the one thing that the shopper can do about it.
 *
 * @param isPicture nothing is asked and nothing can be started: a merchant looks at how the page will be
 */
export function useCheckout(
  initial: CheckoutView,
  locale: string,
  firstProblem?: Problem,
  isPicture = false,
): Checkout {
  const [view, setView] = useState(initial);
  const [isReachable, setReachable] = useState(true);
  const [starting, setStarting] = useState<string>();
  const [problem, setProblem] = useState(firstProblem);
  const watch = useRef<Watch>(undefined);
  const { order } = initial;
  const settled = isSettled(view);

  const hear = useCallback((next: CheckoutView) => {
    // An answer to a question and the stream may overtake each other.
    setView((known) => (next.server_time >= known.server_time ? next : known));
  }, []);

  useEffect(() => {
    if (settled || isPicture) return;
    watch.current = watchCheckout(order, () => fetchView(order, locale), hear, setReachable);
    return () => watch.current?.stop();
  }, [order, locale, hear, settled, isPicture]);

  const start = useCallback(
    async (wanted: Start) => {
      if (isPicture) return;
      setStarting(`${wanted.method} ${wanted.flow}`);
      setProblem(undefined);
      try {
        const attempt = await startAttempt(order, locale, wanted);
        setView((known) => ({ ...known, attempt }));
        const { type, url } = attempt.action ?? {};
        const leadsAway = type === "redirect" || type === "three_d_secure";
        if (leadsAway && typeof url === "string") {
          // The button stays busy until the browser has left.
          window.location.assign(url);
          return;
        }
      } catch (error) {
        setProblem(error instanceof Refusal ? { text: error.message, reference: error.reference } : {});
      }
      watch.current?.refresh();
      setStarting(undefined);
    },
    [order, locale, isPicture],
  );

  // Back from the provider by the browser's own button: the page is as it was left.
  useEffect(() => {
    const onShow = (event: PageTransitionEvent) => event.persisted && setStarting(undefined);
    window.addEventListener("pageshow", onShow);
    return () => window.removeEventListener("pageshow", onShow);
  }, []);

  return { view, isReachable, starting, problem, start, refresh: () => watch.current?.refresh() };
}
