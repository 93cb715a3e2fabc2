import type { Context } from "#db/tenancy";
import { isOpen } from "#lib/attempts/attempt-state";
import { CloseUnanswered, closeAtChannel, closeAttempt } from "#lib/attempts/close-attempt";
import { attemptsOf } from "#lib/attempts/store";
import { announceOrder } from "#lib/events/bus";
import { emit } from "#lib/events/emit";
import { defineJob } from "#lib/jobs/job";
import { type Order, orderJson } from "./order-json.ts";
import { getOrder, lockOrder, updateOrder } from "./store.ts";

/** How long an order may stay open past its expiry because a channel does not say whether it was paid. */
const patienceMs = 5 * 60_000;

/**
 * Ends an order whose time is over. The channels are closed first: a shopper who paid at the last second has paid, and
 * only when nobody can pay any more does the order expire.
 */
export async function expireOrder(ctx: Context, orderId: string): Promise<Order> {
  const open = await ctx.transaction(async (tx) => {
    const order = await getOrder(tx, orderId);
    if (!isDue(order, tx.now)) return [];
    return (await attemptsOf(tx, orderId)).filter((attempt) => isOpen(attempt.status));
  });
  let unanswered = 0;
  for (const attempt of open) {
    try {
      await closeAtChannel(ctx, attempt.id);
    } catch (error) {
      if (!(error instanceof CloseUnanswered)) throw error;
      unanswered++;
    }
  }

  return ctx.transaction(async (tx) => {
    const order = await lockOrder(tx, orderId);
    if (!isDue(order, tx.now)) return order;
    const overdueMs = tx.now.getTime() - order.expiresAt.getTime();
    if (unanswered > 0 && overdueMs < patienceMs) throw new CloseUnanswered(`order ${orderId} waits for its channel`);
    const left = (await attemptsOf(tx, order.id)).filter((attempt) => isOpen(attempt.status));
    const expired = await updateOrder(tx, order, { status: "expired", closedAt: tx.now });
    await Promise.all([
      emit(tx, "order.expired", { objectId: order.id, orderId: order.id, data: orderJson(expired) }),
      closeAttempt.enqueueMany(
        tx,
        left.map((attempt) => ({ attemptId: attempt.id })),
      ),
    ]);
    announceOrder(tx, order.id);
    return expired;
  });
}

function isDue(order: Order, now: Date): boolean {
  return (order.status === "pending" || order.status === "processing") && order.expiresAt <= now;
}

export const expireOrderJob = defineJob<{ orderId: string }>("expire_order", async (ctx, { orderId }) => {
  await expireOrder(ctx, orderId);
});
