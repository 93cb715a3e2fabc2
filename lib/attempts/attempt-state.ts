import type { AttemptStatus, OrderStatus } from "#db/schema/orders";
import type { Heard, QueryOutcome } from "#lib/channels/channel";
import type { Attempt } from "./attempt-json.ts";

/** What a provider's answer means for an attempt and its order. Decided here, without database, clock or network. */
export type Decision =
  /** Nothing new: a repeated, late or weaker message. */
  | { readonly kind: "none" }
  | { readonly kind: "waiting"; readonly status: "requires_action" | "processing" | "unknown" }
  | { readonly kind: "failed"; readonly reason: string; readonly providerCode: string }
  | { readonly kind: "canceled" }
  | { readonly kind: "authorized" }
  | {
      readonly kind: "received";
      readonly disposition: "order" | "surplus" | "late" | "mismatch";
      readonly accepted: boolean;
    }
  /** An authorisation that nobody waits for any more. */
  | { readonly kind: "void" }
  /** A notification that can't be right: the provider is asked before money is believed to have moved. */
  | { readonly kind: "ask" };

const open: readonly AttemptStatus[] = ["created", "requires_action", "processing", "unknown"];

export function isOpen(status: AttemptStatus): boolean {
  return open.includes(status);
}

/**
 * The provider's answer with the code or page to act on was lost on the way to us, so no shopper ever got it: nobody can be
 * paying, and the same request again gives the same code.
 */
export function hasLostAction({ status, flow, action }: Pick<Attempt, "status" | "flow" | "action">): boolean {
  return (status === "unknown" || status === "processing") && flow !== "card_fields" && action === null;
}

/** Seconds after the call was lost before "never seen" is believed: the request may still be on its way. */
export const absentGraceMs = 60_000;

export interface Situation {
  readonly attempt: Pick<Attempt, "status" | "amount" | "currency" | "action" | "createdAt">;
  readonly orderStatus: OrderStatus;
  readonly latePayment: "refund" | "accept";
  readonly secondPayment: "refund" | "accept";
  readonly heard: Heard;
  readonly now: Date;
}

/**
 * The whole rule of an attempt's life. Messages may come in any order and any number; money that has been reported is
 * never un-reported by a weaker message.
 */
export function decide(situation: Situation, outcome: QueryOutcome): Decision {
  const { attempt } = situation;
  switch (outcome.kind) {
    case "approved":
      return attempt.status === "succeeded" ? { kind: "none" } : decideApproved(situation, outcome);
    case "declined":
      return isOpen(attempt.status)
        ? { kind: "failed", reason: outcome.reason, providerCode: outcome.providerCode }
        : { kind: "none" };
    case "pending":
      if (!isOpen(attempt.status)) return { kind: "none" };
      return { kind: "waiting", status: outcome.action || attempt.action ? "requires_action" : "processing" };
    case "unknown":
      // A query that got no answer says nothing about an attempt that waits for its shopper.
      if (attempt.status === "requires_action" || !isOpen(attempt.status)) return { kind: "none" };
      return { kind: "waiting", status: "unknown" };
    case "closed":
      return isOpen(attempt.status) || attempt.status === "authorized" ? { kind: "canceled" } : { kind: "none" };
    case "absent": {
      const lost = attempt.status === "unknown" || attempt.status === "created";
      const old = situation.now.getTime() - attempt.createdAt.getTime() > absentGraceMs;
      return lost && old ? { kind: "failed", reason: "provider_error", providerCode: "absent" } : { kind: "none" };
    }
  }
}

function decideApproved(situation: Situation, outcome: Extract<QueryOutcome, { kind: "approved" }>): Decision {
  const { attempt, orderStatus, latePayment, secondPayment } = situation;
  const capturesAuthorization = attempt.status === "authorized" && outcome.captured;
  if (!outcome.captured) {
    if (attempt.status === "authorized") return { kind: "none" };
    const wanted = orderStatus === "pending" || orderStatus === "processing";
    const exact = outcome.amount.minor === attempt.amount && outcome.amount.currency === attempt.currency;
    return wanted && exact ? { kind: "authorized" } : { kind: "void" };
  }
  // A capture may be of less than was authorised; a payment is of what was asked, or it is wrong.
  const fits = capturesAuthorization
    ? outcome.amount.minor <= attempt.amount && outcome.amount.currency === attempt.currency
    : outcome.amount.minor === attempt.amount && outcome.amount.currency === attempt.currency;
  if (!fits) {
    // No provider captures more than was authorised, so hearsay of it is asked after first.
    if (capturesAuthorization && situation.heard === "told") return { kind: "ask" };
    return { kind: "received", disposition: "mismatch", accepted: false };
  }
  switch (orderStatus) {
    case "pending":
    case "processing":
      return { kind: "received", disposition: "order", accepted: true };
    case "authorized":
      return capturesAuthorization
        ? { kind: "received", disposition: "order", accepted: true }
        : { kind: "received", disposition: "surplus", accepted: false };
    case "closed":
    case "expired":
      return { kind: "received", disposition: "late", accepted: latePayment === "accept" };
    case "paid":
    case "partially_refunded":
    case "refunded":
      return { kind: "received", disposition: "surplus", accepted: secondPayment === "accept" };
  }
}

/**
 * When to ask the provider again, by how often we have asked. A lost call is asked after at once and often; a shopper
 * who has a code before him is given time, because the notification nearly always comes first.
 */
export function nextQueryDelayMs(status: AttemptStatus, queryCount: number): number {
  const lost = [2, 3, 5, 10, 15, 30, 60, 120, 300];
  const waiting = [15, 15, 30, 30, 60, 60, 120, 300];
  const seconds = status === "unknown" || status === "created" ? lost : waiting;
  return (seconds[Math.min(queryCount, seconds.length - 1)] ?? 300) * 1000;
}
