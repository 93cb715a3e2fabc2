import type { orders } from "#db/schema/orders";
import { env } from "#lib/kernel/env";
import { minorToJson } from "#lib/kernel/money";

export type Order = typeof orders.$inferSelect;

export function checkoutUrl(orderId: string): string {
  return `${env.publicUrl}/pay/${orderId}`;
}

/** The order as the API and webhooks show it. */
export function orderJson(order: Order) {
  return {
    id: order.id,
    object: "order" as const,
    livemode: order.livemode,
    merchant_order_no: order.merchantOrderNo,
    amount: minorToJson(order.amount),
    currency: order.currency,
    subject: order.subject,
    description: order.description,
    items: order.items,
    methods: order.methods,
    capture_method: order.captureMethod,
    customer: order.customer,
    status: order.status,
    amount_captured: minorToJson(order.amountCaptured),
    amount_refunded: minorToJson(order.amountRefunded),
    checkout_url: checkoutUrl(order.id),
    return_url: order.returnUrl,
    latest_attempt: order.latestAttemptId,
    metadata: order.metadata,
    expires_at: order.expiresAt.toISOString(),
    paid_at: order.paidAt?.toISOString() ?? null,
    closed_at: order.closedAt?.toISOString() ?? null,
    created_at: order.createdAt.toISOString(),
  };
}
