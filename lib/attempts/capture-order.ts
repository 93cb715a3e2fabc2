import type { Context } from "#db/tenancy";
import { difference } from "#lib/audit/difference";
import { recordAudit } from "#lib/audit/record";
import { NotFound } from "#lib/kernel/errors";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { requireTrading } from "#lib/merchants/may-trade";
import { OrderNotOpen } from "#lib/orders/errors";
import type { Order } from "#lib/orders/order-json";
import { getOrder, lockOrder } from "#lib/orders/store";
import { nextQueryDelayMs } from "./attempt-state.ts";
import { AttemptInProgress, CaptureTooLarge } from "./errors.ts";
import { finishCapture } from "./finish-capture.ts";
import { lockAttempt, updateAttempt } from "./store.ts";

/**
 * Takes the authorised money, or a part of it; the rest is released by the provider.
 *
 * @param amount minor units; all that was authorised when undefined
 * @returns the order, still `authorized` when the provider has not answered yet
 * @throws MerchantSuspended, MerchantNotApproved
 * @throws OrderNotOpen, CaptureTooLarge, AttemptInProgress, ChannelRefused
 */
export async function captureOrder(ctx: Context, orderId: string, amount?: bigint): Promise<Order> {
  requireTrading(await loadMerchant(ctx), ctx.livemode);
  const attemptId = await ctx.transaction(async (tx) => {
    const order = await lockOrder(tx, orderId);
    if (order.status !== "authorized") throw new OrderNotOpen(order.status);
    if (!order.latestAttemptId) throw new NotFound("attempt");
    const { attempt } = await lockAttempt(tx, order.latestAttemptId);
    const wanted = amount ?? attempt.amount;
    if (wanted > attempt.amount) throw new CaptureTooLarge(attempt.amount);
    // The same capture again goes on with the first; another one waits for it.
    if (attempt.pendingOperation === "capture" && attempt.operationAmount === wanted) return attempt.id;
    if (attempt.pendingOperation) throw new AttemptInProgress(attempt.id);
    await updateAttempt(tx, attempt, {
      pendingOperation: "capture",
      operationAmount: wanted,
      queryCount: 0,
      nextQueryAt: new Date(tx.now.getTime() + nextQueryDelayMs("unknown", 6)),
    });
    await recordAudit(tx, "order.capture", order.id, {
      ...difference(
        { pending_operation: attempt.pendingOperation },
        { pending_operation: "capture", amount: wanted.toString() },
      ),
      attempt: attempt.id,
    });
    return attempt.id;
  });
  await finishCapture(ctx, attemptId);
  return ctx.transaction((tx) => getOrder(tx, orderId));
}
