import type { Tx } from "#db/tenancy";
import type { Attempt } from "#lib/attempts/attempt-json";
import { reserveOnAttempt } from "#lib/attempts/store";
import type { CurrencyCode } from "#lib/kernel/currency";
import { log } from "#lib/kernel/log";
import { post } from "#lib/ledger/post";
import type { Order } from "#lib/orders/order-json";
import { updateOrder } from "#lib/orders/store";
import { coveringAccount } from "./funding.ts";
import { feeShare, refundAccepted } from "./postings.ts";
import type { Refund } from "./refund-json.ts";
import { countsInOrder } from "./refund-state.ts";
import { updateRefund } from "./store.ts";

/**
 * Takes the money of a refund that had failed a second time, because the channel has paid it out after all. What was put
 * back may be gone by now, to another refund or another use: then suspense bears it until somebody settles it, and a sum
 * beyond what the order captured stays out of the order's own.
 *
 * @returns refund and order as they are once the money is reserved again
 */
export async function reviveRefund(
  tx: Tx,
  refund: Refund,
  attempt: Attempt,
  order: Order,
  isFeeReturned: boolean,
): Promise<{ refund: Refund; order: Order }> {
  const isMerchants = refund.source === "merchant";
  const { fee, amountReceived: captured, amountRefundReserved: reservedBefore } = attempt;
  const isBeyond = reservedBefore + refund.amount > captured;
  const isCoverable = isMerchants && !isBeyond;
  const share = isCoverable && isFeeReturned ? feeShare({ fee, captured, reservedBefore, amount: refund.amount }) : 0n;
  const covering = isCoverable
    ? await coveringAccount(tx, refund.currency as CurrencyCode, refund.amount - share)
    : undefined;
  const revived = await updateRefund(tx, refund, {
    reversals: refund.reversals + 1,
    isBeyondOrder: isBeyond,
    fundedFrom: covering ?? "suspense",
    feeReturned: covering ? share : 0n,
  });
  await post(tx, refundAccepted(revived));
  if (!covering && isMerchants) log.error({ refund: refund.id, isBeyond }, "refund paid out after all is not covered");
  if (isBeyond) return { refund: revived, order };
  await reserveOnAttempt(tx, attempt.id, refund.amount);
  if (!countsInOrder(revived, attempt)) return { refund: revived, order };
  const amountRefundReserved = order.amountRefundReserved + refund.amount;
  return { refund: revived, order: await updateOrder(tx, order, { amountRefundReserved }) };
}
