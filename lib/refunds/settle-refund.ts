import type { Context, Tx } from "#db/tenancy";
import { getAttempt, reserveOnAttempt } from "#lib/attempts/store";
import type { RefundOutcome } from "#lib/channels/channel";
import { announceOrder } from "#lib/events/bus";
import { emit } from "#lib/events/emit";
import { log } from "#lib/kernel/log";
import { post } from "#lib/ledger/post";
import { lockOrder, updateOrder } from "#lib/orders/store";
import { refundBounced, refundFailed, refundSucceeded } from "./postings.ts";
import { type Refund, refundJson } from "./refund-json.ts";
import { decideRefund, nextTryDelayMs } from "./refund-state.ts";
import { getRefund, lockRefund, updateRefund } from "./store.ts";

export type SettledRefund = { readonly refund: Refund; readonly result: "applied" | "repeated" };

/**
 * Makes a provider's word about a refund true on our side; the answer to our call, a query and a notification all come
 * here, in any order and any number.
 */
export async function settleRefund(ctx: Context, refundId: string, outcome: RefundOutcome): Promise<SettledRefund> {
  return ctx.transaction(async (tx) => {
    const { orderId } = await getRefund(tx, refundId);
    const order = await lockOrder(tx, orderId);
    const refund = await lockRefund(tx, refundId);
    const decision = decideRefund(refund, outcome);
    if (decision.kind === "none") return { refund, result: "repeated" };
    announceOrder(tx, order.id);
    const counts = refund.source === "merchant";

    switch (decision.kind) {
      case "again": {
        const tryCount = refund.tryCount + 1;
        const nextTryAt = new Date(tx.now.getTime() + nextTryDelayMs(tryCount));
        const change = { status: decision.status, tryCount, nextTryAt, ...reference(outcome) };
        if (outcome.kind === "pending" && outcome.unmapped) {
          log.warn({ refund: refund.id, status: outcome.unmapped }, "provider refund status not met before");
        }
        return { refund: await updateRefund(tx, refund, change), result: "applied" };
      }
      case "succeeded": {
        const { channelAccountId } = await getAttempt(tx, refund.attemptId);
        const at = outcome.kind === "succeeded" ? outcome.at : tx.now;
        const done = await updateRefund(tx, refund, {
          status: "succeeded",
          succeededAt: at,
          nextTryAt: null,
          ...reference(outcome),
        });
        if (counts) {
          const amountRefunded = order.amountRefunded + refund.amount;
          const status = amountRefunded === order.amountCaptured ? "refunded" : "partially_refunded";
          await updateOrder(tx, order, { amountRefunded, status });
        }
        await post(tx, refundSucceeded(done, channelAccountId));
        await emit(tx, "refund.succeeded", { objectId: done.id, orderId: order.id, data: refundJson(done) });
        return { refund: done, result: "applied" };
      }
      case "failed": {
        const failed = await fail(tx, refund, decision.code, decision.bounced);
        if (counts) {
          const amountRefundReserved = order.amountRefundReserved - refund.amount;
          const amountRefunded = order.amountRefunded - (decision.bounced ? refund.amount : 0n);
          await updateOrder(tx, order, {
            amountRefundReserved,
            amountRefunded,
            status: amountRefunded > 0n ? "partially_refunded" : "paid",
          });
        }
        return { refund: failed, result: "applied" };
      }
    }
  });
}

function reference(outcome: RefundOutcome): { providerReference?: string } {
  return "reference" in outcome && outcome.reference ? { providerReference: outcome.reference } : {};
}

async function fail(tx: Tx, refund: Refund, code: string, bounced: boolean): Promise<Refund> {
  const failed = await updateRefund(tx, refund, { status: "failed", failureCode: code, nextTryAt: null });
  const { channelAccountId } = await getAttempt(tx, refund.attemptId);
  await post(tx, bounced ? refundBounced(failed, channelAccountId) : refundFailed(failed));
  await reserveOnAttempt(tx, refund.attemptId, -refund.amount);
  await emit(tx, "refund.failed", { objectId: failed.id, orderId: failed.orderId, data: refundJson(failed) });
  return failed;
}
