import { z } from "@hono/zod-openapi";
import { and, eq, inArray } from "drizzle-orm";
import { attempts, orders } from "#db/schema/orders";
import type { Tx } from "#db/tenancy";
import { orderFilterOf, orderFilterShape } from "#lib/orders/order-filter";
import type { Order } from "#lib/orders/order-json";
import { listOrders, matchesFilter } from "#lib/orders/store";
import { amount, integer, moment, text, word } from "./cell.ts";
import { countUpTo } from "./count.ts";
import { defineSource, type Filters } from "./source.ts";

const filters = z.strictObject(orderFilterShape);

/** What a row tells of the order's last attempt. */
interface LastAttempt {
  readonly id: string;
  readonly method: string;
  readonly status: string;
  readonly fee: bigint;
  readonly providerReference: string | null;
}

interface Row {
  readonly order: Order;
  readonly attempt: LastAttempt | undefined;
}

async function read(tx: Tx, wanted: Filters, page: { limit: number; startingAfter?: string }): Promise<Row[]> {
  const found = await listOrders(tx, { ...orderFilterOf(filters.parse(wanted)), ...page });
  const last = await lastAttempts(tx, found);
  return found.map((order) => ({ order, attempt: last.get(order.latestAttemptId ?? "") }));
}

async function lastAttempts(tx: Tx, of: readonly Order[]): Promise<ReadonlyMap<string, LastAttempt>> {
  const ids = of.flatMap((order) => order.latestAttemptId ?? []);
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .select({
      id: attempts.id,
      method: attempts.method,
      status: attempts.status,
      fee: attempts.fee,
      providerReference: attempts.providerReference,
    })
    .from(attempts)
    .where(and(eq(attempts.merchantId, tx.merchantId), inArray(attempts.id, ids)));
  return new Map(rows.map((row) => [row.id, row]));
}

/** Booked with the payment, so there is none before it. */
const feeOf = ({ attempt }: Row) => (attempt?.status === "succeeded" ? attempt.fee : undefined);

export const ordersSource = defineSource<Row, "orders">({
  list: "orders",
  permission: "orders:read",
  filters,
  idOf: ({ order }) => order.id,
  read,
  count: (tx, wanted, most) => countUpTo(tx, orders, matchesFilter(tx, orderFilterOf(filters.parse(wanted))), most),
  cells: {
    id: ({ order }) => text(order.id),
    merchant_order_no: ({ order }) => text(order.merchantOrderNo),
    status: ({ order }) => word("dashboard.states", order.status === "pending" ? "unpaid" : order.status),
    currency: ({ order }) => text(order.currency),
    amount: ({ order }) => amount(order.amount, order.currency),
    amount_minor: ({ order }) => integer(order.amount),
    captured: ({ order }) => amount(order.amountCaptured, order.currency),
    captured_minor: ({ order }) => integer(order.amountCaptured),
    refunded: ({ order }) => amount(order.amountRefunded, order.currency),
    refunded_minor: ({ order }) => integer(order.amountRefunded),
    fee: (row) => amount(feeOf(row), row.order.currency),
    fee_minor: (row) => integer(feeOf(row)),
    method: ({ attempt }) => word("dashboard.methods", attempt?.method),
    provider_reference: ({ attempt }) => text(attempt?.providerReference),
    subject: ({ order }) => text(order.subject),
    customer_name: ({ order }) => text(order.customer?.name),
    customer_email: ({ order }) => text(order.customer?.email),
    created_at: ({ order }) => moment(order.createdAt),
    paid_at: ({ order }) => moment(order.paidAt),
    closed_at: ({ order }) => moment(order.closedAt),
    metadata: ({ order }) => text(Object.keys(order.metadata).length > 0 ? JSON.stringify(order.metadata) : undefined),
  },
});
