import type { Permission } from "#lib/access/permissions";
import type { Order, OrderStory } from "../api/orders.ts";

/** How long after the last event its webhook may still be on its way into the timeline. */
const afterglowMs = 10_000;

/** Whether an order's page may change by itself: it is worth asking again in a few seconds. */
export function isMoving(story: Pick<OrderStory, "order" | "refunds" | "timeline">, nowMs: number): boolean {
  if (["pending", "processing", "authorized"].includes(story.order.status)) return true;
  if (story.refunds.some((refund) => refund.status === "pending" || refund.status === "processing")) return true;
  return story.timeline.some(
    (entry) =>
      (entry.kind === "event" && nowMs - new Date(entry.at).getTime() < afterglowMs) ||
      (entry.kind === "webhook" && entry.title === "webhook.pending" && entry.data.tries === 0),
  );
}

/** Minor units that can still be refunded: captured, less every refund that has not failed. */
export function refundableOf(story: Pick<OrderStory, "order" | "refunds">): number {
  return story.order.amount_captured - reservedOf(story);
}

/** Minor units in refunds that the merchant asked for and that have not failed. */
export function reservedOf(story: Pick<OrderStory, "refunds">): number {
  return story.refunds
    .filter((refund) => refund.source === "merchant" && refund.status !== "failed")
    .reduce((sum, refund) => sum + refund.amount, 0);
}

export type OrderAction = "refund" | "capture" | "void" | "close";

/** What can be done to the order now by this person; everything else is left out of the page. */
export function actionsFor(
  story: Pick<OrderStory, "order" | "refunds">,
  can: (permission: Permission) => boolean,
): OrderAction[] {
  const byStatus: Partial<Record<Order["status"], OrderAction[]>> = {
    pending: ["close"],
    processing: ["close"],
    authorized: ["capture", "void"],
    paid: ["refund"],
    partially_refunded: ["refund"],
  };
  return (byStatus[story.order.status] ?? []).filter((action) =>
    action === "refund" ? can("refunds:write") && refundableOf(story) > 0 : can("orders:write"),
  );
}
