import { refunds } from "#db/schema/refunds";
import type { Tx } from "#db/tenancy";
import type { Attempt } from "#lib/attempts/attempt-json";
import { reserveOnAttempt } from "#lib/attempts/store";
import { emit } from "#lib/events/emit";
import { newId } from "#lib/kernel/ids";
import type { Money } from "#lib/kernel/money";
import { post } from "#lib/ledger/post";
import { refundAccepted } from "./postings.ts";
import { type Refund, refundJson } from "./refund-json.ts";
import { sendRefund } from "./send-refund.ts";

/**
 * Sends a payment that no order waits for back to the shopper: a second one, a late one, one of a wrong amount. The
 * money sits in suspense; no fee was taken. Part of the transaction that took the payment in.
 */
export async function returnPayment(
  tx: Tx,
  attempt: Attempt,
  received: Money,
  source: "surplus" | "late" | "mismatch",
): Promise<Refund> {
  const [refund] = await tx.db
    .insert(refunds)
    .values({
      merchantId: tx.merchantId,
      id: newId("refund", tx.merchantId, tx.now.getTime()),
      livemode: tx.livemode,
      orderId: attempt.orderId,
      attemptId: attempt.id,
      // One automatic return an attempt: the unique number makes a second impossible.
      merchantRefundNo: `${source}:${attempt.id}`,
      amount: received.minor,
      currency: received.currency,
      status: "pending",
      source,
      fundedFrom: "suspense",
      nextTryAt: new Date(tx.now.getTime() + 60_000),
      createdAt: tx.now,
    })
    .returning();
  if (!refund) throw new Error("refund not inserted");
  await Promise.all([
    reserveOnAttempt(tx, attempt.id, received.minor),
    post(tx, refundAccepted(refund)),
    emit(tx, "refund.created", { objectId: refund.id, orderId: attempt.orderId, data: refundJson(refund) }),
    sendRefund.enqueue(tx, { refundId: refund.id }),
  ]);
  return refund;
}
