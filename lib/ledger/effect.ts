import type { CurrencyCode } from "#lib/kernel/currency";
import { type AccountCode, coveredAccounts } from "./accounts.ts";
import type { NamedTransfer } from "./transfers-of.ts";

/** What a transaction means to the merchant, in minor units of one currency. */
export interface Effect {
  readonly currency: CurrencyCode;
  /** Change of all that we owe the merchant, fee left out: `net` and `fee` together. */
  readonly amount: bigint;
  /** Our fee; negative where it was given back. */
  readonly fee: bigint;
  /** Change of the merchant's balances together. A release from pending to available is no change. */
  readonly net: bigint;
}

const own: ReadonlySet<AccountCode> = new Set(coveredAccounts);

/**
 * Reads a transaction's effect off its transfers. The merchant's accounts and fee income grow on the credit side. A
 * transaction over several currencies is told in that of its first transfer; the transfers tell the rest.
 *
 * @returns undefined when there is no transfer at all
 */
export function effectOf(transfers: readonly NamedTransfer[]): Effect | undefined {
  const currency = transfers[0]?.currency;
  if (!currency) return undefined;
  const change = (isCounted: (code: AccountCode) => boolean) =>
    transfers
      .filter((transfer) => transfer.currency === currency)
      .reduce(
        (sum, { debit, credit, amount }) => sum + (isCounted(credit) ? amount : 0n) - (isCounted(debit) ? amount : 0n),
        0n,
      );
  const net = change((code) => own.has(code));
  const fee = change((code) => code === "fee_income");
  return { currency, amount: net + fee, fee, net };
}
