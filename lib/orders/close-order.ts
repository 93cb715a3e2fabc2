import type { Context } from "#db/tenancy";
import { isOpen } from "#lib/attempts/attempt-state";
import { closeAttempt } from "#lib/attempts/close-attempt";
import { attemptsOf } from "#lib/attempts/store";
import { recordAudit } from "#lib/audit/record";
import { announceOrder } from "#lib/events/bus";
import { emit } from "#lib/events/emit";
import { OrderNotOpen } from "./errors.ts";
import { type Order, orderJson } from "./order-json.ts";
import { lockOrder, updateOrder } from "./store.ts";

/**
 * Ends an unpaid order at the merchant's wish. Its open payments are closed at their channels by jobs; one that was
 * faster is a late payment and treated by the merchant's policy.
 *
 * @throws OrderNotOpen when it is paid, authorised, closed or expired
 */
export async function closeOrder(ctx: Context, orderId: string): Promise<Order> {
  return ctx.transaction(async (tx) => {
    const order = await lockOrder(tx, orderId);
    if (order.status !== "pending" && order.status !== "processing") throw new OrderNotOpen(order.status);
    const open = (await attemptsOf(tx, order.id)).filter((attempt) => isOpen(attempt.status));
    const closed = await updateOrder(tx, order, { status: "closed", closedAt: tx.now });
    await Promise.all([
      emit(tx, "order.closed", { objectId: order.id, orderId: order.id, data: orderJson(closed) }),
      closeAttempt.enqueueMany(
        tx,
        open.map((attempt) => ({ attemptId: attempt.id })),
      ),
      recordAudit(tx, "order.close", order.id, { before: { status: order.status }, after: { status: "closed" } }),
    ]);
    announceOrder(tx, order.id);
    return closed;
  });
}
