import { percentPlusFixed } from "#lib/kernel/money";
import { newId } from "./ids.ts";
import { type BalanceTransaction, seconds } from "./wire.ts";
import type { Call } from "./work.ts";

const dayS = 86_400;

/** 2.9% and 30 minor units, half-up. */
export function processingFee(amount: number): number {
  return Number(percentPlusFixed(BigInt(amount), "290", 30n));
}

export interface Movement {
  readonly type: "charge" | "refund" | "refund_failure" | "adjustment";
  /** Signed from the merchant's side, minor units. */
  readonly amount: number;
  readonly fee: number;
  readonly currency: string;
  readonly source: string;
  readonly description: string | null;
  readonly availableAtOnce?: boolean;
}

const feeNames = { charge: "Stripe processing fees", adjustment: "Dispute fee", refund: null, refund_failure: null };
const reportingCategories = {
  charge: "charge",
  adjustment: "dispute",
  refund: "refund",
  refund_failure: "refund_failure",
};

/** Writes one line of the account's balance and returns its id. Incoming money becomes available after two days. */
export function move(call: Call, movement: Movement): string {
  const createdAt = seconds(call.now);
  const line: BalanceTransaction & { object: "balance_transaction" } = {
    id: newId("balance_transaction"),
    object: "balance_transaction",
    amount: movement.amount,
    available_on: movement.type === "charge" && !movement.availableAtOnce ? createdAt + 2 * dayS : createdAt,
    balance_type: "payments",
    created: createdAt,
    currency: movement.currency,
    description: movement.description,
    exchange_rate: null,
    fee: movement.fee,
    fee_details:
      movement.fee === 0
        ? []
        : [
            {
              amount: movement.fee,
              application: null,
              currency: movement.currency,
              description: feeNames[movement.type],
              type: "stripe_fee",
            },
          ],
    net: movement.amount - movement.fee,
    reporting_category: reportingCategories[movement.type],
    source: movement.source,
    status: "pending",
    type: movement.type,
  };
  call.work.put<"balance_transaction">(line, null);
  return line.id;
}

/** The status is a matter of time only, so it is told when it is read. */
export function asOf(line: BalanceTransaction, now: Date): BalanceTransaction {
  return { ...line, status: line.available_on <= seconds(now) ? "available" : "pending" };
}
