import { Decimal } from "decimal.js";
import type { CurrencyCode } from "#lib/kernel/currency";
import { Exact, money } from "#lib/kernel/money";
import type { Posting } from "#lib/ledger/post";
import type { Refund } from "./refund-json.ts";

function amountOf(refund: Refund) {
  return money(refund.amount, refund.currency as CurrencyCode);
}

function feeOf(refund: Refund) {
  return money(refund.feeReturned, refund.currency as CurrencyCode);
}

/** A refund that the channel ended twice, each time otherwise, is booked once for each: the round keeps them apart. */
function referenceOf({ id, reversals }: Refund, kind: string): string {
  return reversals === 0 ? `${kind}:${id}` : `${kind}:${id}:${reversals}`;
}

/** The money leaves the merchant's balance at once, so that it can't be promised twice; our fee goes back by policy. */
export function refundAccepted(refund: Refund): Posting {
  return {
    reference: referenceOf(refund, "refund_accepted"),
    kind: "refund_accepted",
    orderId: refund.orderId,
    transfers: [
      { debit: "fee_income", credit: refund.fundedFrom, amount: feeOf(refund) },
      { debit: refund.fundedFrom, credit: "refund_in_transit", amount: amountOf(refund) },
    ],
  };
}

export function refundSucceeded(refund: Refund, channelAccountId: string): Posting {
  return {
    reference: referenceOf(refund, "refund_succeeded"),
    kind: "refund_succeeded",
    orderId: refund.orderId,
    transfers: [
      { debit: "refund_in_transit", credit: `channel_clearing:${channelAccountId}`, amount: amountOf(refund) },
    ],
  };
}

/** Back where it came from, and the fee with it. */
export function refundFailed(refund: Refund): Posting {
  return {
    reference: referenceOf(refund, "refund_failed"),
    kind: "refund_failed",
    orderId: refund.orderId,
    transfers: [
      { debit: "refund_in_transit", credit: refund.fundedFrom, amount: amountOf(refund) },
      { debit: refund.fundedFrom, credit: "fee_income", amount: feeOf(refund) },
    ],
  };
}

/** The channel had confirmed the refund and took it back later: the money is at the channel again. */
export function refundBounced(refund: Refund, channelAccountId: string): Posting {
  return {
    reference: referenceOf(refund, "refund_bounced"),
    kind: "refund_bounced",
    orderId: refund.orderId,
    transfers: [
      { debit: `channel_clearing:${channelAccountId}`, credit: refund.fundedFrom, amount: amountOf(refund) },
      { debit: refund.fundedFrom, credit: "fee_income", amount: feeOf(refund) },
    ],
  };
}

/**
 * The part of the fee that belongs to this refund: the fee's share of everything refunded so far, half-up, less what
 * went back before. However an order is cut into refunds, exactly its fee returns in the end.
 *
 * @param reservedBefore refunds accepted before this one, minor units
 */
export function feeShare(input: { fee: bigint; captured: bigint; reservedBefore: bigint; amount: bigint }): bigint {
  const upTo = (reserved: bigint) =>
    BigInt(
      new Exact(input.fee.toString())
        .mul(reserved.toString())
        .div(input.captured.toString())
        .toDecimalPlaces(0, Decimal.ROUND_HALF_UP)
        .toFixed(0),
    );
  return upTo(input.reservedBefore + input.amount) - upTo(input.reservedBefore);
}
