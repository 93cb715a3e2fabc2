import { and, desc, eq, gte, lt, lte, type SQL } from "drizzle-orm";
import { type OrderStatus, orders } from "#db/schema/orders";
import type { Tx } from "#db/tenancy";
import { NotFound } from "#lib/kernel/errors";
import type { Order } from "./order-json.ts";

function own(tx: Tx, id: string): SQL | undefined {
  return and(eq(orders.merchantId, tx.merchantId), eq(orders.id, id), eq(orders.livemode, tx.livemode));
}

/** @throws NotFound */
export async function getOrder(tx: Tx, id: string): Promise<Order> {
  const [order] = await tx.db.select().from(orders).where(own(tx, id));
  if (!order) throw new NotFound("order");
  return order;
}

/** Locks the order's row: whatever changes an order or its attempts takes this lock first. @throws NotFound */
export async function lockOrder(tx: Tx, id: string): Promise<Order> {
  const [order] = await tx.db.select().from(orders).where(own(tx, id)).for("update");
  if (!order) throw new NotFound("order");
  return order;
}

export type OrderChange = Partial<
  Pick<
    Order,
    "status" | "amountCaptured" | "amountRefundReserved" | "amountRefunded" | "latestAttemptId" | "paidAt" | "closedAt"
  >
>;

/** Writes a change of a locked order. */
export async function updateOrder(tx: Tx, order: Order, change: OrderChange): Promise<Order> {
  const [updated] = await tx.db
    .update(orders)
    .set({ ...change, updatedAt: tx.now })
    .where(and(own(tx, order.id), eq(orders.status, order.status)))
    .returning();
  if (!updated) throw new Error(`order ${order.id} changed under its lock`);
  return updated;
}

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
