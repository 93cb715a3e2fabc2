import type { CheckoutAttempt, CheckoutView } from "#lib/checkout/checkout-view";

export type Ending = "paid" | "partially_refunded" | "refunded" | "authorized" | "closed" | "expired" | "returned";

/** What the shopper has before him. Every state of the order and its last attempt is one of these. */
export type Phase =
  | {
      readonly kind: "choose";
      readonly notice?: { readonly kind: "declined" | "canceled"; readonly attempt: CheckoutAttempt };
    }
  | { readonly kind: "scan" | "leave" | "returned" | "wallet" | "authenticate"; readonly attempt: CheckoutAttempt }
  /** Money may be on its way and the answer is not known: nothing else may be tried. */
  | { readonly kind: "checking" }
  | { readonly kind: "done"; readonly ending: Ending }
  | { readonly kind: "no_methods" };

/** @param cameBackFrom the attempt whose provider has just sent the shopper back to us */
export function phaseOf(view: CheckoutView, cameBackFrom?: string): Phase {
  switch (view.status) {
    case "paid":
    case "partially_refunded":
    case "refunded":
    case "authorized":
      return { kind: "done", ending: view.status };
    case "closed":
    case "expired":
      return { kind: "done", ending: isMoneyIn(view.attempt) ? "returned" : view.status };
    case "pending":
    case "processing":
      return openPhase(view, cameBackFrom);
  }
}

/** The provider took money for an order that did not want it any more; the platform gives it back by itself. */
function isMoneyIn(attempt: CheckoutAttempt | null): boolean {
  return attempt?.status === "succeeded" || attempt?.status === "authorized";
}

function openPhase(view: CheckoutView, cameBackFrom: string | undefined): Phase {
  const { attempt } = view;
  const isPayable = view.methods.length > 0;
  switch (attempt?.status) {
    case "created":
    case "processing":
    case "unknown":
    case "succeeded":
    case "authorized":
      return { kind: "checking" };
    case "requires_action":
      return { kind: actionPhase(attempt, cameBackFrom), attempt };
    case "failed":
      return isPayable ? { kind: "choose", notice: { kind: "declined", attempt } } : { kind: "no_methods" };
    case "canceled":
      return isPayable ? { kind: "choose", notice: { kind: "canceled", attempt } } : { kind: "no_methods" };
    case undefined:
      return isPayable ? { kind: "choose" } : { kind: "no_methods" };
  }
}

function actionPhase(attempt: CheckoutAttempt, cameBackFrom: string | undefined) {
  switch (attempt.action?.type) {
    case "qr":
      return "scan";
    case "wallet_sdk":
      return "wallet";
    case "three_d_secure":
      return attempt.id === cameBackFrom ? "returned" : "authenticate";
    default:
      return attempt.id === cameBackFrom ? "returned" : "leave";
  }
}

/** Nothing that the shopper's page could still have to say will come: it may stop listening. */
export function isSettled(view: CheckoutView): boolean {
  const phase = phaseOf(view);
  if (phase.kind !== "done") return false;
  // A code that was scanned just before the end may still bring money, which then goes back.
  const mayStillPay = view.attempt?.status === "requires_action" || view.attempt?.status === "unknown";
  return !((phase.ending === "expired" || phase.ending === "closed") && mayStillPay);
}

/** The shop's address with what happened, so that its page need not ask. */
export function returnAddress(view: CheckoutView, ending: Ending): string | undefined {
  if (!view.return_url || !URL.canParse(view.return_url)) return undefined;
  const url = new URL(view.return_url);
  url.searchParams.set("order", view.order);
  url.searchParams.set("status", ending === "returned" ? view.status : ending);
  return url.href;
}
