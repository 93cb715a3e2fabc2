import { and, desc, eq, gte, lt, lte, type SQL } from "drizzle-orm";
import { type OrderStatus, orders } from "#db/schema/orders";
import { rowOf, statement, updateStatement } from "#db/statement";
import type { Tx } from "#db/tenancy";
import { NotFound } from "#lib/kernel/errors";
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

export interface OrderFilter {
  readonly limit: number;
  readonly startingAfter?: string;
  readonly status?: OrderStatus;
  readonly merchantOrderNo?: string;
  readonly createdFrom?: Date;
  readonly createdTo?: Date;
}

/** Newest first, one more than asked so that the caller knows whether there are more. */
export async function listOrders(tx: Tx, filter: OrderFilter): Promise<Order[]> {
  return tx.db
    .select()
    .from(orders)
    .where(
      and(
        eq(orders.merchantId, tx.merchantId),
        eq(orders.livemode, tx.livemode),
        filter.startingAfter ? lt(orders.id, filter.startingAfter) : undefined,
        filter.status ? eq(orders.status, filter.status) : undefined,
        filter.merchantOrderNo ? eq(orders.merchantOrderNo, filter.merchantOrderNo) : undefined,
        filter.createdFrom ? gte(orders.createdAt, filter.createdFrom) : undefined,
        filter.createdTo ? lte(orders.createdAt, filter.createdTo) : undefined,
      ),
    )
    .orderBy(desc(orders.id))
    .limit(filter.limit + 1);
}
