import type { Tx } from "#db/tenancy";
import type { CurrencyCode } from "#lib/kernel/currency";
import { lockedBalance } from "#lib/ledger/balance";

export type Funding = "merchant_pending" | "merchant_available";

/** Which of the merchant's balances covers a refund, locked. Money not released yet goes first: it is the order's own, or as good as. */
export async function coveringAccount(tx: Tx, currency: CurrencyCode, needed: bigint): Promise<Funding | undefined> {
  if ((await lockedBalance(tx, "merchant_pending", currency)) >= needed) return "merchant_pending";
  if ((await lockedBalance(tx, "merchant_available", currency)) >= needed) return "merchant_available";
  return undefined;
}
