import type { RefundStatus } from "#db/schema/refunds";
import type { Attempt } from "#lib/attempts/attempt-json";
import type { Heard, RefundOutcome } from "#lib/channels/channel";
import type { Refund } from "./refund-json.ts";

export type RefundDecision =
  | { readonly kind: "none" }
  /** `pending`: send again. `processing`: the channel has it, ask after it. */
  | { readonly kind: "again"; readonly status: RefundStatus }
  /** `revived`: it had failed before. */
  | { readonly kind: "succeeded"; readonly revived: boolean }
  /** `bounced`: it had succeeded before. */
  | { readonly kind: "failed"; readonly code: string; readonly bounced: boolean }
  /** The channel speaks of another sum than ours: nothing is booked on it. */
  | { readonly kind: "mismatch" }
  /** A notification denies how the refund had ended: the channel is asked which holds. */
  | { readonly kind: "ask" }
  /** Asked once more, the channel stands by how the refund had ended, or will not say. */
  | { readonly kind: "confirmed" };

/** Tries after which a refund that the channel will not take now is given up and its money put back. */
export const maxRetryableTries = 12;

/** The `failure_code` of a refund that the channel reports with another amount or currency. */
export const amountMismatch = "amount_mismatch";

type Standing = Pick<Refund, "status" | "tryCount" | "nextTryAt" | "amount" | "currency">;

/** The whole rule of a refund's life: pure, so that any order of messages can be tried on it. */
export function decideRefund(refund: Standing, outcome: RefundOutcome, heard: Heard): RefundDecision {
  if (refund.status === "failed" || refund.status === "succeeded") return decideEnded(refund, outcome, heard);
  switch (outcome.kind) {
    case "succeeded":
      return isOurs(refund, outcome) ? { kind: "succeeded", revived: false } : { kind: "mismatch" };
    case "pending":
      return { kind: "again", status: "processing" };
    case "unknown":
      return { kind: "again", status: refund.status };
    case "failed":
      return outcome.retryable && refund.tryCount < maxRetryableTries
        ? { kind: "again", status: "pending" }
        : { kind: "failed", code: outcome.providerCode, bounced: false };
  }
}

/** Notifications come in any order, so one that denies the end proves nothing: only a fresh answer moves money again. */
function decideEnded(refund: Standing, outcome: RefundOutcome, heard: Heard): RefundDecision {
  const isAsking = refund.nextTryAt !== null;
  const denies =
    outcome.kind === "succeeded"
      ? refund.status === "failed" || !isOurs(refund, outcome)
      : refund.status === "succeeded" && outcome.kind === "failed" && !outcome.retryable;
  if (heard === "told") return denies ? { kind: "ask" } : { kind: "none" };
  switch (outcome.kind) {
    case "succeeded":
      if (!isOurs(refund, outcome)) return { kind: "mismatch" };
      if (denies) return { kind: "succeeded", revived: true };
      return isAsking ? { kind: "confirmed" } : { kind: "none" };
    case "failed":
      if (denies) return { kind: "failed", code: outcome.providerCode, bounced: true };
      return isAsking ? { kind: "confirmed" } : { kind: "none" };
    case "pending":
    case "unknown":
      if (!isAsking) return { kind: "none" };
      return refund.tryCount < maxRetryableTries ? { kind: "again", status: refund.status } : { kind: "confirmed" };
  }
}

function isOurs(refund: Standing, { amount }: Extract<RefundOutcome, { kind: "succeeded" }>): boolean {
  return amount.minor === refund.amount && amount.currency === refund.currency;
}

/** Whether a refund of this payment is part of what the order says was refunded. */
export function countsInOrder(
  refund: Pick<Refund, "source" | "isBeyondOrder">,
  attempt: Pick<Attempt, "disposition">,
): boolean {
  return refund.source === "merchant" && !refund.isBeyondOrder && attempt.disposition !== "surplus";
}

/** Seconds between tries: quickly at first, hours at last (twelve tries take about sixteen hours). */
export function nextTryDelayMs(tryCount: number): number {
  const seconds = [5, 5, 15, 30, 60, 300, 900, 1800, 3600, 7200, 14_400, 28_800];
  return (seconds[Math.min(tryCount, seconds.length - 1)] ?? 28_800) * 1000;
}
