import { z } from "@hono/zod-openapi";
import type { TransactionFilter } from "./list-transactions.ts";

const moment = () => z.iso.datetime({ offset: true, error: "date_invalid" }).optional();

/** The filters of the list of transactions, as an address or the body of an export carries them. */
export const transactionFilterShape = {
  order: z.string().max(64).optional(),
  kind: z.string().max(64).optional().openapi({ example: "payment_succeeded" }),
  occurred_from: moment(),
  occurred_to: moment(),
};

const transactionFilterSchema = z.strictObject(transactionFilterShape);

export function transactionFilterOf(query: z.output<typeof transactionFilterSchema>): TransactionFilter {
  return {
    ...(query.order && { orderId: query.order }),
    ...(query.kind && { kind: query.kind }),
    ...(query.occurred_from && { occurredFrom: new Date(query.occurred_from) }),
    ...(query.occurred_to && { occurredTo: new Date(query.occurred_to) }),
  };
}
