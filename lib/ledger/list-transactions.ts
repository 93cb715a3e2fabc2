import { and, desc, eq, lt } from "drizzle-orm";
import { ledgerTransactions } from "#db/schema/ledger";
import type { Tx } from "#db/tenancy";

export type LedgerTransaction = typeof ledgerTransactions.$inferSelect;

export interface TransactionFilter {
  readonly limit: number;
  readonly startingAfter?: string | undefined;
  readonly orderId?: string | undefined;
  readonly kind?: string | undefined;
}

/** Newest first, one more than asked. */
export async function listTransactions(tx: Tx, filter: TransactionFilter): Promise<LedgerTransaction[]> {
  return tx.db
    .select()
    .from(ledgerTransactions)
    .where(
      and(
        eq(ledgerTransactions.merchantId, tx.merchantId),
        eq(ledgerTransactions.livemode, tx.livemode),
        filter.startingAfter ? lt(ledgerTransactions.id, filter.startingAfter) : undefined,
        filter.orderId ? eq(ledgerTransactions.orderId, filter.orderId) : undefined,
        filter.kind ? eq(ledgerTransactions.kind, filter.kind) : undefined,
      ),
    )
    .orderBy(desc(ledgerTransactions.id))
    .limit(filter.limit + 1);
}
