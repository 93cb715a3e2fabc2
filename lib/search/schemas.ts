import { z } from "@hono/zod-openapi";
import { orderStatuses } from "#db/schema/orders";
import { refundStatuses } from "#db/schema/refunds";
import { termKinds } from "#db/schema/search";
import { minorToJson } from "#lib/kernel/money";
import type { Found } from "./search.ts";

export const foundSchema = z
  .object({
    object: z.literal("search_result"),
    type: z.enum(["order", "refund"]),
    id: z.string(),
    order: z.string(),
    number: z.string().openapi({ description: "The merchant's own number of the order or refund." }),
    matched_by: z.enum(["id", ...termKinds]),
    amount: z.number().int(),
    currency: z.string(),
    status: z.enum([...orderStatuses, ...refundStatuses]),
    subject: z.string().nullable(),
    created_at: z.string(),
  })
  .openapi("SearchResult");

export type FoundJson = z.output<typeof foundSchema>;

export function foundJson(found: Found): FoundJson {
  const row = found.object === "order" ? found.order : found.refund;
  return {
    object: "search_result",
    type: found.object,
    id: row.id,
    order: found.object === "order" ? found.order.id : found.refund.orderId,
    number: found.object === "order" ? found.order.merchantOrderNo : found.refund.merchantRefundNo,
    matched_by: found.by,
    amount: minorToJson(row.amount),
    currency: row.currency,
    status: row.status,
    subject: found.object === "order" ? found.order.subject : null,
    created_at: row.createdAt.toISOString(),
  };
}
