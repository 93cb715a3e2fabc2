import type { CurrencyCode } from "#lib/kernel/currency";
import { type Money, money } from "#lib/kernel/money";
import type { Posting } from "#lib/ledger/post";
import type { Attempt } from "./attempt-json.ts";

/** The order's money: the merchant's at once, less our fee, held at the channel until it settles. */
export function paymentSucceeded(attempt: Attempt, received: Money, fee: bigint): Posting {
  const clearing = `channel_clearing:${attempt.channelAccountId}` as const;
  return {
    reference: `payment_succeeded:${attempt.id}`,
    kind: "payment_succeeded",
    orderId: attempt.orderId,
    transfers: [
      { debit: clearing, credit: "merchant_pending", amount: money(received.minor - fee, received.currency) },
      { debit: clearing, credit: "fee_income", amount: money(fee, received.currency) },
    ],
  };
}

/** Money that no order waits for: it came twice, too late or in a wrong amount, and goes back. */
export function unexpectedPayment(attempt: Attempt, received: Money): Posting {
  return {
    reference: `unexpected_payment:${attempt.id}`,
    kind: "unexpected_payment",
    orderId: attempt.orderId,
    transfers: [{ debit: `channel_clearing:${attempt.channelAccountId}`, credit: "suspense", amount: received }],
  };
}

export function currencyOf(attempt: Attempt): CurrencyCode {
  return attempt.currency as CurrencyCode;
}
