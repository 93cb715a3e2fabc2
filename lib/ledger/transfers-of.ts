import { aliasedTable, and, asc, eq, inArray } from "drizzle-orm";
import { ledgerAccounts, ledgerTransfers } from "#db/schema/ledger";
import type { Tx } from "#db/tenancy";
import type { CurrencyCode } from "#lib/kernel/currency";
import type { AccountCode } from "./accounts.ts";

/** A transfer by the names of its accounts. */
export interface NamedTransfer {
  readonly id: string;
  readonly transactionId: string;
  readonly debit: AccountCode;
  readonly credit: AccountCode;
  /** Minor units. */
  readonly amount: bigint;
  readonly currency: CurrencyCode;
}

const debit = aliasedTable(ledgerAccounts, "debit_account");
const credit = aliasedTable(ledgerAccounts, "credit_account");

/** The transfers of each of these transactions, as they were given to the book. */
export async function transfersOf(
  tx: Tx,
  transactionIds: readonly string[],
): Promise<ReadonlyMap<string, readonly NamedTransfer[]>> {
  if (transactionIds.length === 0) return new Map();
  const rows = await tx.db
    .select({
      id: ledgerTransfers.id,
      transactionId: ledgerTransfers.transactionId,
      debit: debit.code,
      credit: credit.code,
      amount: ledgerTransfers.amount,
      currency: ledgerTransfers.currency,
    })
    .from(ledgerTransfers)
    .innerJoin(debit, and(eq(debit.merchantId, tx.merchantId), eq(debit.id, ledgerTransfers.debitAccountId)))
    .innerJoin(credit, and(eq(credit.merchantId, tx.merchantId), eq(credit.id, ledgerTransfers.creditAccountId)))
    .where(
      and(eq(ledgerTransfers.merchantId, tx.merchantId), inArray(ledgerTransfers.transactionId, [...transactionIds])),
    )
    .orderBy(asc(ledgerTransfers.transactionId), asc(ledgerTransfers.id));
  return Map.groupBy(rows as NamedTransfer[], (row) => row.transactionId);
}
