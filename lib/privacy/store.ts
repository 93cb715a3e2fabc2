import { and, desc, eq, gt, inArray, isNotNull, lt, type SQL, sql } from "drizzle-orm";
import { orders } from "#db/schema/orders";
import { privacyRequests } from "#db/schema/privacy";
import { searchTerms } from "#db/schema/search";
import type { Tx } from "#db/tenancy";
import { NotFound } from "#lib/kernel/errors";
import type { Order } from "#lib/orders/order-json";
import type { Term } from "./subject.ts";

export type PrivacyRequest = typeof privacyRequests.$inferSelect;

const unfinished = ["pending", "processing"] as const;

function inMode(tx: Tx): SQL | undefined {
  return and(eq(privacyRequests.merchantId, tx.merchantId), eq(privacyRequests.livemode, tx.livemode));
}

function own(tx: Tx, id: string): SQL | undefined {
  return and(inMode(tx), eq(privacyRequests.id, id));
}

/** @throws NotFound */
export async function getRequest(tx: Tx, id: string): Promise<PrivacyRequest> {
  const [row] = await tx.db.select().from(privacyRequests).where(own(tx, id));
  if (!row) throw new NotFound("privacy_request");
  return row;
}

/** Newest first, one more than asked. */
export async function listRequests(
  tx: Tx,
  filter: { readonly limit: number; readonly startingAfter?: string },
): Promise<PrivacyRequest[]> {
  return tx.db
    .select()
    .from(privacyRequests)
    .where(and(inMode(tx), filter.startingAfter ? lt(privacyRequests.id, filter.startingAfter) : undefined))
    .orderBy(desc(privacyRequests.id))
    .limit(filter.limit + 1);
}

/** @returns the changed request, or nothing when it has ended already */
export async function changeRequest(
  tx: Tx,
  id: string,
  change: Partial<PrivacyRequest>,
): Promise<PrivacyRequest | undefined> {
  const [row] = await tx.db
    .update(privacyRequests)
    .set(change)
    .where(and(own(tx, id), inArray(privacyRequests.status, [...unfinished])))
    .returning();
  return row;
}

/** Exports that still have their file, a page of them by id. */
export async function filesAfter(tx: Tx, after: string, limit: number): Promise<{ id: string; file: string }[]> {
  const rows = await tx.db
    .select({ id: privacyRequests.id, file: privacyRequests.file })
    .from(privacyRequests)
    .where(and(inMode(tx), gt(privacyRequests.id, after), isNotNull(privacyRequests.file)))
    .orderBy(privacyRequests.id)
    .limit(limit);
  return rows.flatMap(({ id, file }) => (file === null ? [] : [{ id, file }]));
}

export async function endFile(tx: Tx, id: string): Promise<void> {
  await tx.db.update(privacyRequests).set({ file: null, subject: null }).where(own(tx, id));
}

/** Orders that lead to the person, found by the search index, oldest first. */
export async function ordersOf(tx: Tx, terms: readonly Term[], limit: number): Promise<Order[]> {
  const pairs = terms.map(({ kind, term }) => and(eq(searchTerms.kind, kind), eq(searchTerms.term, term)));
  const found = await tx.db
    .selectDistinct({ id: searchTerms.orderId })
    .from(searchTerms)
    .where(
      and(
        eq(searchTerms.merchantId, tx.merchantId),
        eq(searchTerms.livemode, tx.livemode),
        sql`(${sql.join(pairs, sql` or `)})`,
      ),
    )
    .orderBy(searchTerms.orderId)
    .limit(limit);
  if (found.length === 0) return [];
  return tx.db
    .select()
    .from(orders)
    .where(
      and(
        eq(orders.merchantId, tx.merchantId),
        inArray(
          orders.id,
          found.map(({ id }) => id),
        ),
      ),
    )
    .orderBy(orders.id);
}

/** The same orders as they are now, held until the transaction ends. */
export async function lockOrders(tx: Tx, found: readonly Order[]): Promise<Order[]> {
  const ids = found.map(({ id }) => id);
  return tx.db
    .select()
    .from(orders)
    .where(and(eq(orders.merchantId, tx.merchantId), inArray(orders.id, ids)))
    .orderBy(orders.id)
    .for("update");
}
