import type { Context } from "#db/tenancy";
import { difference } from "#lib/audit/difference";
import { recordAudit } from "#lib/audit/record";
import { NotFound } from "#lib/kernel/errors";
import { OrderNotOpen } from "#lib/orders/errors";
import type { Order } from "#lib/orders/order-json";
import { getOrder, lockOrder } from "#lib/orders/store";
import { CloseUnanswered, closeAtChannel, closeAttempt } from "./close-attempt.ts";
import { AttemptInProgress } from "./errors.ts";
import { lockAttempt, updateAttempt } from "./store.ts";

/**
 * Releases an authorisation without taking the money; the order ends as `closed`.
 *
 * @returns the order, still `authorized` when the provider has not answered yet: a job goes on
 * @throws OrderNotOpen, AttemptInProgress
 */
export async function voidOrder(ctx: Context, orderId: string): Promise<Order> {
  const attemptId = await ctx.transaction(async (tx) => {
    const order = await lockOrder(tx, orderId);
    if (order.status !== "authorized") throw new OrderNotOpen(order.status);
    if (!order.latestAttemptId) throw new NotFound("attempt");
    const { attempt } = await lockAttempt(tx, order.latestAttemptId);
    if (attempt.pendingOperation === "capture") throw new AttemptInProgress(attempt.id);
    await updateAttempt(tx, attempt, { pendingOperation: "void" });
    await recordAudit(tx, "order.void", order.id, {
      ...difference({ pending_operation: attempt.pendingOperation }, { pending_operation: "void" }),
      attempt: attempt.id,
    });
    // Should the process die before the provider has answered, the job goes on.
    await closeAttempt.enqueue(tx, { attemptId: attempt.id }, { runAt: new Date(tx.now.getTime() + 30_000) });
    return attempt.id;
  });
  try {
    await closeAtChannel(ctx, attemptId);
  } catch (error) {
    if (!(error instanceof CloseUnanswered)) throw error;
  }
  return ctx.transaction((tx) => getOrder(tx, orderId));
}
