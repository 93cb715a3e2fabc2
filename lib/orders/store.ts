import { and, desc, eq, exists, gte, inArray, lt, lte, type SQL, sql } from "drizzle-orm";
import { type OrderStatus, orders } from "#db/schema/orders";
import { orderFacts, searchTerms } from "#db/schema/search";
import { rowOf, statement, updateStatement } from "#db/statement";
import type { Tx } from "#db/tenancy";
import { NotFound } from "#lib/kernel/errors";
import { idsFrom } from "#lib/kernel/ids";
import type { Order } from "./order-json.ts";

interface Own extends Record<string, unknown> {
  readonly merchantId: string;
  readonly id: string;
  readonly livemode: boolean;
}

function own({ merchantId, livemode }: Tx, id: string): Own {
  return { merchantId, id, livemode };
}

function isOwn(value: Own): SQL | undefined {
  return and(eq(orders.merchantId, value.merchantId), eq(orders.id, value.id), eq(orders.livemode, value.livemode));
}

const selectOrder = statement((db, value: Own) => db.select().from(orders).where(isOwn(value)));
const selectOrderForUpdate = statement((db, value: Own) => db.select().from(orders).where(isOwn(value)).for("update"));

/** @throws NotFound */
export async function getOrder(tx: Tx, id: string): Promise<Order> {
  const [order] = await selectOrder(tx, own(tx, id));
  if (!order) throw new NotFound("order");
  return order;
}

/** Locks the order's row: whatever changes an order or its attempts takes this lock first. @throws NotFound */
export async function lockOrder(tx: Tx, id: string): Promise<Order> {
  const [order] = await selectOrderForUpdate(tx, own(tx, id));
  if (!order) throw new NotFound("order");
  return order;
}

export type OrderChange = Partial<
  Pick<
    Order,
    "status" | "amountCaptured" | "amountRefundReserved" | "amountRefunded" | "latestAttemptId" | "paidAt" | "closedAt"
  >
>;

const changeOrder = updateStatement(orders, ["merchantId", "id", "livemode", "status"]);

/** Writes a change of a locked order. */
export async function updateOrder(tx: Tx, order: Order, change: OrderChange): Promise<Order> {
  const { status } = order;
  const [updated] = await changeOrder(tx, { ...own(tx, order.id), status }, { ...change, updatedAt: tx.now });
  if (!updated) throw new Error(`order ${order.id} changed under its lock`);
  return updated;
}

/** @returns nothing when the merchant has used the order's number before */
export const insertOrder = statement((db, value: Order) =>
  db.insert(orders).values(rowOf(orders, value)).onConflictDoNothing().returning({ id: orders.id }),
);

/** What of its orders a reader asks for. */
export interface OrderFilter {
  readonly status?: OrderStatus;
  readonly merchantOrderNo?: string;
  readonly createdFrom?: Date;
  readonly createdTo?: Date;
  /** Minor units, both ends counted. */
  readonly amountMin?: bigint;
  readonly amountMax?: bigint;
  readonly currency?: string;
  /** Of the latest attempt. */
  readonly method?: string;
  readonly channel?: string;
  /** E-mail address or phone number, in full. */
  readonly shopper?: string;
}

/** The condition that a filter stands for: lists, counts and exports agree on it. */
export function matchesFilter(tx: Tx, filter: OrderFilter): SQL | undefined {
  return and(
    eq(orders.merchantId, tx.merchantId),
    eq(orders.livemode, tx.livemode),
    // Written out, not a parameter: the index of rare states leaves out the paid ones, and PostgreSQL must see that.
    filter.status ? sql`${orders.status} = ${sql.raw(`'${filter.status}'`)}` : undefined,
    filter.merchantOrderNo ? eq(orders.merchantOrderNo, filter.merchantOrderNo) : undefined,
    ...createdWithin(tx, filter),
    hasFacts(tx, filter),
    filter.shopper ? inArray(orders.id, ordersOfShopper(tx, filter.shopper)) : undefined,
  );
}

/** Ids begin with their time, so that a span of time is a range of the index that the list is read from. */
function createdWithin(tx: Tx, { createdFrom, createdTo }: OrderFilter): (SQL | undefined)[] {
  const idsAt = (at: Date) => idsFrom("order", tx.merchantId, at);
  return [
    createdFrom && and(gte(orders.createdAt, createdFrom), gte(orders.id, idsAt(createdFrom))),
    createdTo && and(lte(orders.createdAt, createdTo), lt(orders.id, idsAt(new Date(createdTo.getTime() + 1)))),
  ];
}

/** What only the narrow side of an order answers quickly; a fact is there a few seconds after its order. */
function hasFacts(tx: Tx, filter: OrderFilter): SQL | undefined {
  const wanted = [
    filter.method ? eq(orderFacts.method, filter.method) : undefined,
    filter.channel ? eq(orderFacts.channel, filter.channel) : undefined,
    filter.currency ? eq(orderFacts.currency, filter.currency) : undefined,
    filter.amountMin === undefined ? undefined : gte(orderFacts.amount, filter.amountMin),
    filter.amountMax === undefined ? undefined : lte(orderFacts.amount, filter.amountMax),
  ].filter((condition) => condition !== undefined);
  if (wanted.length === 0) return undefined;
  return exists(
    tx.db
      .select({ found: sql`1` })
      .from(orderFacts)
      .where(
        and(
          eq(orderFacts.merchantId, tx.merchantId),
          eq(orderFacts.livemode, tx.livemode),
          eq(orderFacts.orderId, orders.id),
          ...wanted,
        ),
      ),
  );
}

function ordersOfShopper(tx: Tx, shopper: string) {
  return tx.db
    .select({ id: searchTerms.orderId })
    .from(searchTerms)
    .where(
      and(
        eq(searchTerms.merchantId, tx.merchantId),
        eq(searchTerms.livemode, tx.livemode),
        eq(searchTerms.term, shopper.trim().toLowerCase()),
        inArray(searchTerms.kind, ["email", "phone"]),
      ),
    );
}

/** Newest first, one more than asked so that the caller knows whether there are more. */
export async function listOrders(
  tx: Tx,
  filter: OrderFilter & { readonly limit: number; readonly startingAfter?: string },
): Promise<Order[]> {
  return tx.db
    .select()
    .from(orders)
    .where(and(matchesFilter(tx, filter), filter.startingAfter ? lt(orders.id, filter.startingAfter) : undefined))
    .orderBy(desc(orders.id))
    .limit(filter.limit + 1);
}
