import { describe, expect, it } from "vitest";
import type { AccountCode } from "./accounts.ts";
import { effectOf } from "./effect.ts";
import type { NamedTransfer } from "./transfers-of.ts";

const moved = (debit: AccountCode, credit: AccountCode, amount: bigint, currency = "CNY"): NamedTransfer =>
  ({ id: "tf", transactionId: "txn", debit, credit, amount, currency }) as NamedTransfer;

describe("what a transaction means to the merchant", () => {
  it.each<[string, NamedTransfer[], object]>([
    [
      "a payment is the gross amount, less the fee",
      [moved("channel_clearing:ca_1", "merchant_pending", 8747n), moved("channel_clearing:ca_1", "fee_income", 53n)],
      { amount: 8800n, fee: 53n, net: 8747n },
    ],
    [
      "a refund takes the amount and gives the fee's share back",
      [moved("fee_income", "merchant_pending", 18n), moved("merchant_pending", "refund_in_transit", 3000n)],
      { amount: -3000n, fee: -18n, net: -2982n },
    ],
    [
      "a refund that failed is put back, and the fee with it",
      [moved("refund_in_transit", "merchant_pending", 3000n), moved("merchant_pending", "fee_income", 18n)],
      { amount: 3000n, fee: 18n, net: 2982n },
    ],
    [
      "a refund that the channel paid out changes no balance any more",
      [moved("refund_in_transit", "channel_clearing:ca_1", 3000n)],
      { amount: 0n, fee: 0n, net: 0n },
    ],
    [
      "a release moves money between two balances of the merchant",
      [moved("merchant_pending", "merchant_available", 8747n)],
      { amount: 0n, fee: 0n, net: 0n },
    ],
    [
      "money that no order waits for is not the merchant's",
      [moved("channel_clearing:ca_1", "suspense", 8800n)],
      { amount: 0n, fee: 0n, net: 0n },
    ],
  ])("%s", (_name, transfers, effect) => {
    expect(effectOf(transfers)).toEqual({ currency: "CNY", ...effect });
  });

  it("never adds two currencies", () => {
    const transfers = [
      moved("fx_result", "merchant_available", 100n),
      moved("fx_result", "merchant_available", 7n, "USD"),
    ];
    expect(effectOf(transfers)).toEqual({ currency: "CNY", amount: 100n, fee: 0n, net: 100n });
  });

  it("of nothing is nothing", () => expect(effectOf([])).toBeUndefined());
});
