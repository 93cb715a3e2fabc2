import { z } from "@hono/zod-openapi";
import { and, eq, inArray } from "drizzle-orm";
import { orders } from "#db/schema/orders";
import { refunds } from "#db/schema/refunds";
import type { Tx } from "#db/tenancy";
import { refundFilterOf, refundFilterShape } from "#lib/refunds/refund-filter";
import type { Refund } from "#lib/refunds/refund-json";
import { listRefunds, matchesRefunds } from "#lib/refunds/store";
import { amount, integer, moment, text, word } from "./cell.ts";
import { countUpTo } from "./count.ts";
import { defineSource, type Filters } from "./source.ts";

const filters = z.strictObject(refundFilterShape);

interface Row {
  readonly refund: Refund;
  readonly merchantOrderNo: string | undefined;
}

async function read(tx: Tx, wanted: Filters, page: { limit: number; startingAfter?: string }): Promise<Row[]> {
  const found = await listRefunds(tx, { ...refundFilterOf(filters.parse(wanted)), ...page });
  const numbers = await orderNumbers(tx, [...new Set(found.map((refund) => refund.orderId))]);
  return found.map((refund) => ({ refund, merchantOrderNo: numbers.get(refund.orderId) }));
}

async function orderNumbers(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .select({ id: orders.id, number: orders.merchantOrderNo })
    .from(orders)
    .where(and(eq(orders.merchantId, tx.merchantId), inArray(orders.id, [...ids])));
  return new Map(rows.map((row) => [row.id, row.number]));
}

export const refundsSource = defineSource<Row, "refunds">({
  list: "refunds",
  permission: "refunds:read",
  filters,
  idOf: ({ refund }) => refund.id,
  read,
  count: (tx, wanted, most) => countUpTo(tx, refunds, matchesRefunds(tx, refundFilterOf(filters.parse(wanted))), most),
  cells: {
    id: ({ refund }) => text(refund.id),
    merchant_refund_no: ({ refund }) => text(refund.merchantRefundNo),
    order: ({ refund }) => text(refund.orderId),
    merchant_order_no: ({ merchantOrderNo }) => text(merchantOrderNo),
    status: ({ refund }) => word("dashboard.states", refund.status),
    currency: ({ refund }) => text(refund.currency),
    amount: ({ refund }) => amount(refund.amount, refund.currency),
    amount_minor: ({ refund }) => integer(refund.amount),
    fee_returned: ({ refund }) => amount(refund.feeReturned, refund.currency),
    fee_returned_minor: ({ refund }) => integer(refund.feeReturned),
    source: ({ refund }) => word("dashboard.exports.sources", refund.source),
    reason: ({ refund }) => text(refund.reason),
    provider_reference: ({ refund }) => text(refund.providerReference),
    failure_code: ({ refund }) => text(refund.failureCode),
    created_at: ({ refund }) => moment(refund.createdAt),
    succeeded_at: ({ refund }) => moment(refund.succeededAt),
  },
});
