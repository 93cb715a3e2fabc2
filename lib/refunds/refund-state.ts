import type { RefundStatus } from "#db/schema/refunds";
import type { RefundOutcome } from "#lib/channels/channel";

export type RefundDecision =
  | { readonly kind: "none" }
  /** `pending`: send again. `processing`: the channel has it, ask after it. */
  | { readonly kind: "again"; readonly status: "pending" | "processing" }
  | { readonly kind: "succeeded" }
  /** `bounced`: it had succeeded before. */
  | { readonly kind: "failed"; readonly code: string; readonly bounced: boolean };

/** Tries after which a refund that the channel will not take now is given up and its money put back. */
export const maxRetryableTries = 12;

/** The whole rule of a refund's life: pure, so that any order of messages can be tried on it. */
export function decideRefund(
  refund: { readonly status: RefundStatus; readonly tryCount: number },
  outcome: RefundOutcome,
): RefundDecision {
  if (refund.status === "failed") return { kind: "none" };
  if (refund.status === "succeeded") {
    return outcome.kind === "failed" && !outcome.retryable
      ? { kind: "failed", code: outcome.providerCode, bounced: true }
      : { kind: "none" };
  }
  switch (outcome.kind) {
    case "succeeded":
      return { kind: "succeeded" };
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

/** Seconds between tries: quickly at first, hours at last (twelve tries take about sixteen hours). */
export function nextTryDelayMs(tryCount: number): number {
  const seconds = [5, 5, 15, 30, 60, 300, 900, 1800, 3600, 7200, 14_400, 28_800];
  return (seconds[Math.min(tryCount, seconds.length - 1)] ?? 28_800) * 1000;
}
