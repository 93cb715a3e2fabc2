import { and, eq, ne } from "drizzle-orm";
import { refunds } from "#db/schema/refunds";
import type { Context, Tx } from "#db/tenancy";
import type { Attempt } from "#lib/attempts/attempt-json";
import { getAttempt, reserveOnAttempt } from "#lib/attempts/store";
import { recordAudit } from "#lib/audit/record";
import { announceOrder } from "#lib/events/bus";
import { emit } from "#lib/events/emit";
import { crashpoint } from "#lib/kernel/crashpoint";
import type { CurrencyCode } from "#lib/kernel/currency";
import { NotFound } from "#lib/kernel/errors";
import { newId } from "#lib/kernel/ids";
import { money } from "#lib/kernel/money";
import { post } from "#lib/ledger/post";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { OrderNotOpen } from "#lib/orders/errors";
import type { Order } from "#lib/orders/order-json";
import { lockOrder, updateOrder } from "#lib/orders/store";
import { BalanceTooLow, DuplicateMerchantRefundNo, RefundTooLarge } from "./errors.ts";
import { coveringAccount } from "./funding.ts";
import { feeShare, refundAccepted } from "./postings.ts";
import { type Refund, refundJson } from "./refund-json.ts";
import { countsInOrder } from "./refund-state.ts";
import type { CreateRefund } from "./schemas.ts";
import { sendRefund } from "./send-refund.ts";

/**
 * Accepts a refund and reserves its money; a job talks to the channel afterwards. A channel that times out must find a
 * refund to retry, and must not hold the order's lock while it waits.
 *
 * @param input.amount minor units of the order's currency; all that is left when undefined
 * @param input.attempt a second, late or wrong payment to give back instead of the one that the order took
 * @throws OrderNotOpen when nothing was captured, NotFound when the attempt is not the order's, DuplicateMerchantRefundNo
 * @throws RefundTooLarge when more would be refunded than was captured
 * @throws BalanceTooLow when neither the pending nor the available balance covers it
 */
export async function createRefund(ctx: Context, input: CreateRefund): Promise<Refund> {
  const { settings } = await loadMerchant(ctx);
  const refund = await ctx.transaction(async (tx) => {
    const order = await lockOrder(tx, input.order);
    await refuseDuplicate(tx, input.merchant_refund_no);
    const attempt = await paymentToGiveBack(tx, order, input.attempt);
    const returned = await automaticReturnOf(tx, attempt);
    const source = returned?.source ?? "merchant";
    const currency = (returned?.currency ?? order.currency) as CurrencyCode;
    const { fee, amountReceived: captured, amountRefundReserved: reservedBefore } = attempt;
    const refundable = money(captured - reservedBefore, currency);
    const amount = input.amount === undefined ? refundable.minor : BigInt(input.amount);
    if (amount <= 0n || amount > refundable.minor) throw new RefundTooLarge(refundable);

    const isFeeReturned = source === "merchant" && settings.feeReturnedOnRefund;
    const feeReturned = isFeeReturned ? feeShare({ fee, captured, reservedBefore, amount }) : 0n;
    const fundedFrom =
      source === "merchant" ? await coveringAccount(tx, currency, amount - feeReturned) : ("suspense" as const);
    if (!fundedFrom) throw new BalanceTooLow();

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
        source,
        fundedFrom,
        feeReturned,
        nextTryAt: new Date(tx.now.getTime() + 60_000),
        createdAt: tx.now,
      })
      .returning();
    if (!inserted) throw new Error("refund not inserted");
    await Promise.all([
      countsInOrder(inserted, attempt) &&
        updateOrder(tx, order, { amountRefundReserved: order.amountRefundReserved + amount }),
      reserveOnAttempt(tx, attempt.id, amount),
      post(tx, refundAccepted(inserted)),
      emit(tx, "refund.created", { objectId: inserted.id, orderId: order.id, data: refundJson(inserted) }),
      recordAudit(tx, "refund.create", inserted.id, {
        order: order.id,
        amount: amount.toString(),
        ...(input.attempt && { attempt: attempt.id }),
      }),
      sendRefund.enqueue(tx, { refundId: inserted.id }),
    ]);
    announceOrder(tx, order.id);
    return inserted;
  });
  crashpoint("after-refund-reserve");
  return refund;
}

/**
 * The payment that the order took, a late one before it may have gone back already; or the one that is named, whatever
 * became of the order.
 */
async function paymentToGiveBack(tx: Tx, order: Order, named: string | undefined): Promise<Attempt> {
  const isPaid = order.status === "paid" || order.status === "partially_refunded";
  const id = named ?? (isPaid ? order.latestAttemptId : null);
  if (!id) throw new OrderNotOpen(order.status);
  const attempt = await getAttempt(tx, id);
  if (attempt.orderId !== order.id) throw new NotFound("attempt");
  if (attempt.status !== "succeeded") throw new OrderNotOpen(order.status);
  return attempt;
}

/** What we gave back on our own was never the merchant's: it lies in suspense, and goes from there once more if that failed. */
async function automaticReturnOf(tx: Tx, attempt: Attempt): Promise<Refund | undefined> {
  const [returned] = await tx.db
    .select()
    .from(refunds)
    .where(
      and(
        eq(refunds.merchantId, tx.merchantId),
        eq(refunds.orderId, attempt.orderId),
        eq(refunds.attemptId, attempt.id),
        ne(refunds.source, "merchant"),
      ),
    )
    .limit(1);
  return returned;
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
