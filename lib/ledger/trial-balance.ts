import { sql } from "drizzle-orm";
import type { Tx } from "#db/tenancy";
import type { CurrencyCode } from "#lib/kernel/currency";
import type { AccountCode } from "./accounts.ts";
import { inNormalDirection, sidesAt } from "./balance.ts";

export interface TrialBalanceLine {
  readonly code: AccountCode;
  /** Everything ever moved on each side, minor units. */
  readonly debits: bigint;
  readonly credits: bigint;
  /** In the account's normal direction. */
  readonly balance: bigint;
}

export interface TrialBalance {
  readonly currency: CurrencyCode;
  readonly accounts: readonly TrialBalanceLine[];
  readonly debits: bigint;
  readonly credits: bigint;
  /** Whether the two sides are equal; anything else is a fault of the book. */
  readonly isBalanced: boolean;
}

/**
 * The trial balance of the merchant's book, one for each currency: every account with both its sides, and their totals.
 * Reading an earlier moment costs what was posted since then.
 *
 * @param at transfers created up to and including this moment of the database server's clock; all when not given
 */
export async function trialBalance(tx: Tx, at?: Date): Promise<TrialBalance[]> {
  const rows = await tx.db.execute<{ code: AccountCode; currency: CurrencyCode; debits: string; credits: string }>(sql`
    select a.code, a.currency, sides.debits, sides.credits
    from ledger_accounts a ${sidesAt(at)}
    where a.merchant_id = ${tx.merchantId} and a.livemode = ${tx.livemode}
    order by a.currency, a.code`);
  return [...Map.groupBy(rows, (row) => row.currency)].map(([currency, ofCurrency]) => {
    const accounts = ofCurrency.map((row) => ({
      code: row.code,
      debits: BigInt(row.debits),
      credits: BigInt(row.credits),
      balance: inNormalDirection(row.code, row),
    }));
    const debits = accounts.reduce((sum, account) => sum + account.debits, 0n);
    const credits = accounts.reduce((sum, account) => sum + account.credits, 0n);
    return { currency, accounts, debits, credits, isBalanced: debits === credits };
  });
}
