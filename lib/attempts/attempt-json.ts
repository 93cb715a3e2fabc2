import type { attempts } from "#db/schema/orders";
import { minorToJson } from "#lib/kernel/money";

export type Attempt = typeof attempts.$inferSelect;

/** The attempt as the API and webhooks show it. */
export function attemptJson(attempt: Attempt) {
  return {
    id: attempt.id,
    object: "attempt" as const,
    livemode: attempt.livemode,
    order: attempt.orderId,
    status: attempt.status,
    method: attempt.method,
    flow: attempt.flow,
    channel: attempt.channel,
    channel_account: attempt.channelAccountId,
    amount: minorToJson(attempt.amount),
    currency: attempt.currency,
    amount_received: minorToJson(attempt.amountReceived),
    fee: minorToJson(attempt.fee),
    action: attempt.status === "requires_action" ? attempt.action : null,
    decline_reason: attempt.declineReason,
    provider_code: attempt.providerCode,
    provider_reference: attempt.providerReference,
    disposition: attempt.disposition,
    details: attempt.details,
    device: attempt.shopper.browser ?? null,
    created_at: attempt.createdAt.toISOString(),
    succeeded_at: attempt.succeededAt?.toISOString() ?? null,
  };
}
