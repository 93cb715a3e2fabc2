import { and, desc, eq, gte, lt, lte, type SQL, sql } from "drizzle-orm";
import { ledgerTransactions } from "#db/schema/ledger";
import type { Tx } from "#db/tenancy";
import { idsFrom } from "#lib/kernel/ids";

export type LedgerTransaction = typeof ledgerTransactions.$inferSelect;

/** What of its book a reader asks for. */
export interface TransactionFilter {
  readonly orderId?: string | undefined;
  readonly kind?: string | undefined;
  /** When it happened outside, both ends included. */
  readonly occurredFrom?: Date | undefined;
  readonly occurredTo?: Date | undefined;
}

/** News of a payment or refund that comes later than this is not looked for any more when a list ends at a day. */
const latestNewsMs = 31 * 86_400_000;

/**
 * The condition that a filter stands for: lists, counts and exports agree on it. No index leads by the time of what
 * happened; but a fact is booked when it happens or later, and the ids of what is booked sort by that time.
 */
export function matchesTransactions(tx: Tx, filter: TransactionFilter): SQL | undefined {
  const { orderId, kind, occurredFrom, occurredTo } = filter;
  const bound = (at: Date) => idsFrom("ledgerTransaction", tx.merchantId, at);
  return and(
    eq(ledgerTransactions.merchantId, tx.merchantId),
    eq(ledgerTransactions.livemode, tx.livemode),
    orderId ? eq(ledgerTransactions.orderId, orderId) : undefined,
    kind ? eq(ledgerTransactions.kind, kind) : undefined,
    // Said again without a parameter, so that PostgreSQL sees that the index of rare kinds serves it.
    kind && kind !== "payment_succeeded" ? sql`${ledgerTransactions.kind} <> 'payment_succeeded'` : undefined,
    occurredFrom
      ? and(gte(ledgerTransactions.occurredAt, occurredFrom), gte(ledgerTransactions.id, bound(occurredFrom)))
      : undefined,
    occurredTo
      ? and(
          lte(ledgerTransactions.occurredAt, occurredTo),
          lt(ledgerTransactions.id, bound(new Date(occurredTo.getTime() + latestNewsMs))),
        )
      : undefined,
  );
}

/** Newest first, one more than asked. */
export async function listTransactions(
  tx: Tx,
  filter: TransactionFilter & { readonly limit: number; readonly startingAfter?: string | undefined },
): Promise<LedgerTransaction[]> {
  return tx.db
    .select()
    .from(ledgerTransactions)
    .where(
      and(
        matchesTransactions(tx, filter),
        filter.startingAfter ? lt(ledgerTransactions.id, filter.startingAfter) : undefined,
      ),
    )
    .orderBy(desc(ledgerTransactions.id))
    .limit(filter.limit + 1);
}
