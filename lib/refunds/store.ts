import { and, asc, desc, eq, gte, lt, lte, type SQL, sql } from "drizzle-orm";
import { type RefundStatus, refunds } from "#db/schema/refunds";
import type { Tx } from "#db/tenancy";
import { NotFound } from "#lib/kernel/errors";
import { idsFrom } from "#lib/kernel/ids";
import type { Refund } from "./refund-json.ts";

function own(tx: Tx, id: string): SQL | undefined {
  return and(eq(refunds.merchantId, tx.merchantId), eq(refunds.id, id), eq(refunds.livemode, tx.livemode));
}

/** @throws NotFound */
export async function getRefund(tx: Tx, id: string): Promise<Refund> {
  const [refund] = await tx.db.select().from(refunds).where(own(tx, id));
  if (!refund) throw new NotFound("refund");
  return refund;
}

/** @throws NotFound */
export async function lockRefund(tx: Tx, id: string): Promise<Refund> {
  const [refund] = await tx.db.select().from(refunds).where(own(tx, id)).for("update");
  if (!refund) throw new NotFound("refund");
  return refund;
}

export async function refundsOf(tx: Tx, orderId: string): Promise<Refund[]> {
  return tx.db
    .select()
    .from(refunds)
    .where(and(eq(refunds.merchantId, tx.merchantId), eq(refunds.orderId, orderId)))
    .orderBy(asc(refunds.id));
}

export async function updateRefund(tx: Tx, refund: Refund, change: Partial<Refund>): Promise<Refund> {
  const [updated] = await tx.db
    .update(refunds)
    .set({ ...change, updatedAt: tx.now })
    .where(and(own(tx, refund.id), eq(refunds.status, refund.status)))
    .returning();
  if (!updated) throw new Error(`refund ${refund.id} changed under its lock`);
  return updated;
}

/** What of its refunds a reader asks for. */
export interface RefundFilter {
  readonly order?: string;
  readonly status?: RefundStatus;
  readonly merchantRefundNo?: string;
  readonly source?: Refund["source"];
  readonly createdFrom?: Date;
  readonly createdTo?: Date;
}

/** The condition that a filter stands for: lists, counts and exports agree on it. */
export function matchesRefunds(tx: Tx, filter: RefundFilter): SQL | undefined {
  return and(
    eq(refunds.merchantId, tx.merchantId),
    eq(refunds.livemode, tx.livemode),
    filter.order ? eq(refunds.orderId, filter.order) : undefined,
    filter.status ? eq(refunds.status, filter.status) : undefined,
    // Said again without a parameter, so that PostgreSQL sees that the indexes of what is rare serve it.
    filter.status && filter.status !== "succeeded" ? sql`${refunds.status} <> 'succeeded'` : undefined,
    filter.merchantRefundNo ? eq(refunds.merchantRefundNo, filter.merchantRefundNo) : undefined,
    filter.source ? eq(refunds.source, filter.source) : undefined,
    filter.source && filter.source !== "merchant" ? sql`${refunds.source} <> 'merchant'` : undefined,
    ...createdWithin(tx, filter),
  );
}

/** Ids begin with their time, so that a span of time is a range of the index that the list is read from. */
function createdWithin(tx: Tx, { createdFrom, createdTo }: RefundFilter): (SQL | undefined)[] {
  const idsAt = (at: Date) => idsFrom("refund", tx.merchantId, at);
  return [
    createdFrom && and(gte(refunds.createdAt, createdFrom), gte(refunds.id, idsAt(createdFrom))),
    createdTo && and(lte(refunds.createdAt, createdTo), lt(refunds.id, idsAt(new Date(createdTo.getTime() + 1)))),
  ];
}

/** Newest first, one more than asked. */
export async function listRefunds(
  tx: Tx,
  filter: RefundFilter & { readonly limit: number; readonly startingAfter?: string },
): Promise<Refund[]> {
  return tx.db
    .select()
    .from(refunds)
    .where(and(matchesRefunds(tx, filter), filter.startingAfter ? lt(refunds.id, filter.startingAfter) : undefined))
    .orderBy(desc(refunds.id))
    .limit(filter.limit + 1);
}
