import { and, eq } from "drizzle-orm";
import { refunds } from "#db/schema/refunds";
import type { Context, Tx } from "#db/tenancy";
import { getAttempt, reserveOnAttempt } from "#lib/attempts/store";
import { recordAudit } from "#lib/audit/record";
import { announceOrder } from "#lib/events/bus";
import { emit } from "#lib/events/emit";
import { crashpoint } from "#lib/kernel/crashpoint";
import type { CurrencyCode } from "#lib/kernel/currency";
import { newId } from "#lib/kernel/ids";
import { money } from "#lib/kernel/money";
import { lockedBalance } from "#lib/ledger/balance";
import { post } from "#lib/ledger/post";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { OrderNotOpen } from "#lib/orders/errors";
import { lockOrder, updateOrder } from "#lib/orders/store";
import { BalanceTooLow, DuplicateMerchantRefundNo, RefundTooLarge } from "./errors.ts";
import { feeShare, refundAccepted } from "./postings.ts";
import { type Refund, refundJson } from "./refund-json.ts";
import type { CreateRefund } from "./schemas.ts";
import { sendRefund } from "./send-refund.ts";

/**
 * Accepts a refund and reserves its money; a job talks to the channel afterwards. A channel that times out must find a
 * refund to retry, and must not hold the order's lock while it waits.
 *
 * @param input.amount minor units of the order's currency; all that is left when undefined
 * @throws OrderNotOpen when nothing was captured, DuplicateMerchantRefundNo
 * @throws RefundTooLarge when more would be refunded than was captured
 * @throws BalanceTooLow when neither the pending nor the available balance covers it
 */
export async function createRefund(ctx: Context, input: CreateRefund): Promise<Refund> {
  const { settings } = await loadMerchant(ctx);
  const refund = await ctx.transaction(async (tx) => {
    const order = await lockOrder(tx, input.order);
    await refuseDuplicate(tx, input.merchant_refund_no);
    if (order.status !== "paid" && order.status !== "partially_refunded") throw new OrderNotOpen(order.status);
    const currency = order.currency as CurrencyCode;
    const refundable = money(order.amountCaptured - order.amountRefundReserved, currency);
    const amount = input.amount === undefined ? refundable.minor : BigInt(input.amount);
    if (amount <= 0n || amount > refundable.minor) throw new RefundTooLarge(refundable);

    // The one whose money the order took: a late payment before it may have gone back already.
    if (!order.latestAttemptId) throw new RefundTooLarge(money(0n, currency));
    const attempt = await getAttempt(tx, order.latestAttemptId);
    const feeReturned = settings.feeReturnedOnRefund
      ? feeShare({
          fee: attempt.fee,
          captured: order.amountCaptured,
          reservedBefore: order.amountRefundReserved,
          amount,
        })
      : 0n;
    const fundedFrom = await fundingAccount(tx, currency, amount - feeReturned);

    const [inserted] = await tx.db
      .insert(refunds)
      .values({
        merchantId: tx.merchantId,
        id: newId("refund", tx.merchantId, tx.now.getTime()),
        livemode: tx.livemode,
        orderId: order.id,
        attemptId: attempt.id,
        merchantRefundNo: input.merchant_refund_no,
        amount,
        currency,
        reason: input.reason ?? null,
        status: "pending",
        source: "merchant",
        fundedFrom,
        feeReturned,
        nextTryAt: new Date(tx.now.getTime() + 60_000),
        createdAt: tx.now,
      })
      .returning();
    if (!inserted) throw new Error("refund not inserted");
    await Promise.all([
      updateOrder(tx, order, { amountRefundReserved: order.amountRefundReserved + amount }),
      reserveOnAttempt(tx, attempt.id, amount),
      post(tx, refundAccepted(inserted)),
      emit(tx, "refund.created", { objectId: inserted.id, orderId: order.id, data: refundJson(inserted) }),
      recordAudit(tx, "refund.create", inserted.id, { order: order.id, amount: amount.toString() }),
      sendRefund.enqueue(tx, { refundId: inserted.id }),
    ]);
    announceOrder(tx, order.id);
    return inserted;
  });
  crashpoint("after-refund-reserve");
  return refund;
}

/** The order's lock is held, so two requests with one number come one after the other. */
async function refuseDuplicate(tx: Tx, merchantRefundNo: string): Promise<void> {
  const [existing] = await tx.db
    .select({ id: refunds.id })
    .from(refunds)
    .where(
      and(
        eq(refunds.merchantId, tx.merchantId),
        eq(refunds.livemode, tx.livemode),
        eq(refunds.merchantRefundNo, merchantRefundNo),
      ),
    );
  if (existing) throw new DuplicateMerchantRefundNo(existing.id);
}

/** Money that has not been released yet goes first: it is the order's own, or as good as. */
async function fundingAccount(
  tx: Tx,
  currency: CurrencyCode,
  needed: bigint,
): Promise<"merchant_pending" | "merchant_available"> {
  if ((await lockedBalance(tx, "merchant_pending", currency)) >= needed) return "merchant_pending";
  if ((await lockedBalance(tx, "merchant_available", currency)) >= needed) return "merchant_available";
  throw new BalanceTooLow();
}
