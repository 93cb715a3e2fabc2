import { and, asc, desc, eq, gte, inArray, lt, lte, sql } from "drizzle-orm";
import { orders } from "#db/schema/orders";
import { refunds } from "#db/schema/refunds";
import { searchTerms, type TermKind } from "#db/schema/search";
import type { Tx } from "#db/tenancy";
import { idPrefixes } from "#lib/kernel/ids";
import type { Order } from "#lib/orders/order-json";
import type { Refund } from "#lib/refunds/refund-json";

export type FoundBy = "id" | TermKind;

export type Found =
  | { readonly object: "order"; readonly by: FoundBy; readonly order: Order }
  | { readonly object: "refund"; readonly by: FoundBy; readonly refund: Refund };

export interface Search {
  /** What was typed or pasted: an id, a number, a channel's reference, an address, or how one begins. */
  readonly text: string;
  readonly limit: number;
  readonly canSeeRefunds: boolean;
}

const longestId = 32;

/**
 * What a number or a beginning of one leads to, exact ones first. Each question is a range of one index that begins with the
 * merchant, and asks for at most `limit` rows, so the size of the book makes no difference.
 */
export async function search(tx: Tx, { text, limit, canSeeRefunds }: Search): Promise<Found[]> {
  const wanted = text.trim();
  if (wanted.length < 2) return [];
  const [byId, exact, byTerm] = await Promise.all([
    findByIds(tx, wanted.toLowerCase(), limit),
    findByNumbers(tx, wanted),
    findByTerms(tx, wanted.toLowerCase(), limit),
  ]);
  const hits = [...byId, ...exact, ...byTerm].filter(({ refundId }) => canSeeRefunds || !refundId);
  return load(tx, hits, limit);
}

interface Hit {
  readonly by: FoundBy;
  readonly orderId: string;
  readonly refundId?: string | undefined;
}

/** Ids of objects that have a page, or lead to one. */
async function findByIds(tx: Tx, start: string, limit: number): Promise<Hit[]> {
  // Every continuation of an id sorts before it filled up with the alphabet's last letter.
  const end = start.padEnd(longestId, "z");
  const isBegun = (prefix: string) => start.startsWith(`${prefix}_`) && start.length <= longestId;
  if (isBegun(idPrefixes.order)) {
    const rows = await tx.db
      .select({ id: orders.id })
      .from(orders)
      .where(
        and(
          eq(orders.merchantId, tx.merchantId),
          eq(orders.livemode, tx.livemode),
          gte(orders.id, start),
          lte(orders.id, end),
        ),
      )
      .orderBy(desc(orders.id))
      .limit(limit);
    return rows.map(({ id }) => ({ by: "id", orderId: id }));
  }
  if (isBegun(idPrefixes.refund)) {
    const rows = await tx.db
      .select({ id: refunds.id, orderId: refunds.orderId })
      .from(refunds)
      .where(
        and(
          eq(refunds.merchantId, tx.merchantId),
          eq(refunds.livemode, tx.livemode),
          gte(refunds.id, start),
          lte(refunds.id, end),
        ),
      )
      .orderBy(desc(refunds.id))
      .limit(limit);
    return rows.map(({ id, orderId }) => ({ by: "id", orderId, refundId: id }));
  }
  if (!isBegun(idPrefixes.attempt) && !isBegun(idPrefixes.event)) return [];
  const table = sql.raw(start.startsWith(idPrefixes.event) ? "events" : "attempts");
  const rows = await tx.db.execute<{ order_id: string | null }>(sql`
    select order_id from ${table} where merchant_id = ${tx.merchantId} and id = ${start} and livemode = ${tx.livemode}`);
  return rows.flatMap(({ order_id }) => (order_id ? [{ by: "id" as const, orderId: order_id }] : []));
}

/** The merchant's own numbers at once, also those of a second ago. */
async function findByNumbers(tx: Tx, number: string): Promise<Hit[]> {
  const [ordered, refunded] = await Promise.all([
    tx.db
      .select({ id: orders.id })
      .from(orders)
      .where(
        and(eq(orders.merchantId, tx.merchantId), eq(orders.livemode, tx.livemode), eq(orders.merchantOrderNo, number)),
      ),
    tx.db
      .select({ id: refunds.id, orderId: refunds.orderId })
      .from(refunds)
      .where(
        and(
          eq(refunds.merchantId, tx.merchantId),
          eq(refunds.livemode, tx.livemode),
          eq(refunds.merchantRefundNo, number),
        ),
      ),
  ]);
  return [
    ...ordered.map(({ id }) => ({ by: "order_no" as const, orderId: id })),
    ...refunded.map(({ id, orderId }) => ({ by: "refund_no" as const, orderId, refundId: id })),
  ];
}

async function findByTerms(tx: Tx, start: string, limit: number): Promise<Hit[]> {
  const term = sql`${searchTerms.term} collate "C"`;
  const rows = await tx.db
    .select({ kind: searchTerms.kind, objectId: searchTerms.objectId, orderId: searchTerms.orderId })
    .from(searchTerms)
    .where(
      and(
        eq(searchTerms.merchantId, tx.merchantId),
        eq(searchTerms.livemode, tx.livemode),
        gte(term, start),
        lt(term, `${start}\u{10FFFF}`),
      ),
    )
    .orderBy(asc(term), asc(searchTerms.objectId))
    .limit(limit);
  return rows.map(({ kind, objectId, orderId }) => ({
    by: kind,
    orderId,
    ...(kind === "refund_no" || kind === "refund_reference" ? { refundId: objectId } : {}),
  }));
}

async function load(tx: Tx, hits: readonly Hit[], limit: number): Promise<Found[]> {
  const distinct = [
    ...new Map(hits.toReversed().map((hit) => [hit.refundId ?? hit.orderId, hit])).values(),
  ].toReversed();
  const shown = distinct.slice(0, limit);
  const orderIds = shown.flatMap((hit) => (hit.refundId ? [] : hit.orderId));
  const refundIds = shown.flatMap(({ refundId }) => refundId ?? []);
  const [foundOrders, foundRefunds] = await Promise.all([
    orderIds.length === 0
      ? []
      : tx.db
          .select()
          .from(orders)
          .where(and(eq(orders.merchantId, tx.merchantId), inArray(orders.id, orderIds))),
    refundIds.length === 0
      ? []
      : tx.db
          .select()
          .from(refunds)
          .where(and(eq(refunds.merchantId, tx.merchantId), inArray(refunds.id, refundIds))),
  ]);
  return shown.flatMap((hit): Found[] => {
    const refund = foundRefunds.find(({ id }) => id === hit.refundId);
    if (refund) return [{ object: "refund", by: hit.by, refund }];
    const order = hit.refundId ? undefined : foundOrders.find(({ id }) => id === hit.orderId);
    return order ? [{ object: "order", by: hit.by, order }] : [];
  });
}
