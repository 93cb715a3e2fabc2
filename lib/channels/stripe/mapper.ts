import type Stripe from "stripe";
import type { Action, Approved, Declined, PaymentDetails, QueryOutcome, RefundOutcome } from "../channel.ts";
import { fromWire } from "./amounts.ts";
import type { Refusal } from "./client.ts";
import { cardDeclineReason, refusalReason } from "./declines.ts";
import { expanded, fromUnix } from "./wire.ts";

/**
 * Where a PaymentIntent stands (docs.stripe.com/payments/paymentintents/lifecycle).
 *
 * @param at when it came there, if the caller knows; else the time of its charge
 */
export function paymentOutcome(intent: Stripe.PaymentIntent, at?: Date): QueryOutcome {
  const reference = intent.id;
  switch (intent.status) {
    case "succeeded":
      return approved(intent, intent.amount_received, true, at);
    case "requires_capture":
      return approved(intent, intent.amount_capturable, false, at);
    case "requires_action":
      return { kind: "pending", reference, ...nextStep(intent.next_action) };
    case "processing":
    case "requires_confirmation":
      return { kind: "pending", reference };
    // There is no status "failed": after a refused card the intent waits for another one, which we never send.
    case "requires_payment_method":
      return intent.last_payment_error
        ? declinedIntent(reference, intent.last_payment_error)
        : { kind: "pending", reference };
    case "canceled":
      return { kind: "closed" };
    default:
      return { kind: "pending", reference, unmapped: intent.status };
  }
}

function approved(intent: Stripe.PaymentIntent, amount: number, captured: boolean, at: Date | undefined): Approved {
  const charge = expanded(intent.latest_charge);
  const details = charge && cardDetails(charge.payment_method_details?.card);
  return {
    kind: "approved",
    reference: intent.id,
    amount: fromWire(amount, intent.currency),
    at: at ?? fromUnix(charge?.created ?? intent.created),
    captured,
    ...(details && { details }),
  };
}

function nextStep(next: Stripe.PaymentIntent.NextAction | null): { action?: Action; unmapped?: string } {
  if (next?.type === "redirect_to_url" && next.redirect_to_url?.url) {
    return { action: { type: "three_d_secure", url: next.redirect_to_url.url } };
  }
  return { unmapped: `requires_action:${next?.type ?? "none"}` };
}

function declinedIntent(reference: string, error: Stripe.PaymentIntent.LastPaymentError): Declined {
  return {
    kind: "declined",
    reason: cardDeclineReason(error.code, error.decline_code),
    providerCode: error.decline_code ?? error.code ?? "declined",
    reference,
  };
}

/** A refusal of the request that was to pay. HTTP 402 is the card network's answer, everything else Stripe's own. */
export function refusedPayment(refusal: Refusal): Declined {
  const { status, type, code, declineCode, intent } = refusal;
  const reason = status === 402 ? cardDeclineReason(code, declineCode) : refusalReason(code);
  return {
    kind: "declined",
    // 429 was certainly not carried out, and says nothing about the card.
    reason: status === 429 ? "provider_error" : reason,
    providerCode: declineCode ?? code ?? type ?? `http_${status}`,
    ...(intent && { reference: intent.id }),
  };
}

type CardDetails = Stripe.Charge.PaymentMethodDetails.Card;

function cardDetails(card: CardDetails | undefined): PaymentDetails | undefined {
  if (!card) return undefined;
  const threeDSecure = threeDSecureResult(card.three_d_secure);
  return {
    ...(card.brand && { brand: card.brand }),
    ...(card.last4 && { last4: card.last4 }),
    ...(card.country && { country: card.country }),
    ...(card.fingerprint && { fingerprint: card.fingerprint }),
    ...(threeDSecure && { threeDSecure }),
  };
}

function threeDSecureResult(result: CardDetails["three_d_secure"]): PaymentDetails["threeDSecure"] {
  switch (result?.result) {
    case "authenticated":
      return "authenticated";
    case "attempt_acknowledged":
      return "attempted";
    case undefined:
    case null:
    case "exempted":
    case "not_supported":
      return "not_required";
    default:
      return undefined;
  }
}

/**
 * The merchant's balance at Stripe is short; every other failure is final. As an error code no refund was made, as a
 * failure reason it was made and undone.
 */
const shortBalanceCodes: readonly (string | undefined)[] = ["balance_insufficient", "insufficient_funds"];

/** @param at when it came there, if the caller knows; else the refund's creation */
export function refundOutcome(refund: Stripe.Refund, at?: Date): RefundOutcome {
  switch (refund.status) {
    case "succeeded":
      return {
        kind: "succeeded",
        reference: refund.id,
        amount: fromWire(refund.amount, refund.currency),
        at: at ?? fromUnix(refund.created),
      };
    case "pending":
    case "requires_action":
      return { kind: "pending", reference: refund.id };
    case "failed":
    case "canceled": {
      const providerCode = refund.failure_reason ?? refund.status;
      return { kind: "failed", providerCode, retryable: shortBalanceCodes.includes(refund.failure_reason) };
    }
    default:
      return { kind: "pending", reference: refund.id, unmapped: refund.status ?? "null" };
  }
}

/** A short balance, throttling and a key that lost its rights pass; an amount above what is left does not. */
export function refusedRefund({ status, type, code }: Refusal): Extract<RefundOutcome, { kind: "failed" }> {
  const retryable = [401, 403, 429].includes(status) || shortBalanceCodes.includes(code);
  return { kind: "failed", providerCode: code ?? type ?? `http_${status}`, retryable };
}
