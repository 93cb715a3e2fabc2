import type { refunds } from "#db/schema/refunds";
import { minorToJson } from "#lib/kernel/money";

export type Refund = typeof refunds.$inferSelect;

/** The refund as the API and webhooks show it. */
export function refundJson(refund: Refund) {
  return {
    id: refund.id,
    object: "refund" as const,
    livemode: refund.livemode,
    order: refund.orderId,
    attempt: refund.attemptId,
    merchant_refund_no: refund.merchantRefundNo,
    amount: minorToJson(refund.amount),
    currency: refund.currency,
    reason: refund.reason,
    status: refund.status,
    source: refund.source,
    fee_returned: minorToJson(refund.feeReturned),
    failure_code: refund.failureCode,
    provider_reference: refund.providerReference,
    created_at: refund.createdAt.toISOString(),
    succeeded_at: refund.succeededAt?.toISOString() ?? null,
  };
}
