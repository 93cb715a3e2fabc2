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
export function refundableOf(story: Pick<OrderStory, "order" | "refunds" | "attempts">): number {
  return story.order.amount_captured - reservedOf(story);
}

/** Minor units in refunds that the merchant asked for and that have not failed. */
export function reservedOf(story: Pick<OrderStory, "refunds" | "attempts">): number {
  const second = story.attempts.filter(({ disposition }) => disposition === "surplus").map(({ id }) => id);
  return sumOf(story.refunds.filter(({ source, attempt }) => source === "merchant" && !second.includes(attempt)));
}

function sumOf(refunds: OrderStory["refunds"]): number {
  return refunds.filter(({ status }) => status !== "failed").reduce((sum, { amount }) => sum + amount, 0);
}

/** A payment beside the one that the order took whose money is still here: kept by your rule, or its return has failed. */
export function spareOf(
  story: Pick<OrderStory, "order" | "refunds" | "attempts">,
): { attempt: OrderStory["attempts"][number]; amount: number; currency: string } | undefined {
  for (const attempt of story.attempts) {
    const own = story.refunds.filter((refund) => refund.attempt === attempt.id);
    const isOrders =
      attempt.disposition === "order" || (attempt.disposition === "late" && story.order.amount_captured > 0);
    const amount = attempt.amount_received - sumOf(own);
    if (attempt.status !== "succeeded" || isOrders || amount <= 0) continue;
    return { attempt, amount, currency: own.find(({ source }) => source !== "merchant")?.currency ?? attempt.currency };
  }
  return undefined;
}

export type OrderAction = "refund" | "return" | "capture" | "void" | "close";

/** What can be done to the order now by this person; everything else is left out of the page. */
export function actionsFor(
  story: Pick<OrderStory, "order" | "refunds" | "attempts">,
  can: (permission: Permission) => boolean,
): OrderAction[] {
  const byStatus: Partial<Record<Order["status"], OrderAction[]>> = {
    pending: ["close"],
    processing: ["close"],
    authorized: ["capture", "void"],
    paid: ["refund"],
    partially_refunded: ["refund"],
  };
  const usual = (byStatus[story.order.status] ?? []).filter((action) =>
    action === "refund" ? can("refunds:write") && refundableOf(story) > 0 : can("orders:write"),
  );
  return can("refunds:write") && spareOf(story) ? [...usual, "return"] : usual;
}
