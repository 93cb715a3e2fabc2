import { z } from "@hono/zod-openapi";
import { refundStatuses } from "#db/schema/refunds";
import type { RefundFilter } from "./store.ts";

const moment = () => z.iso.datetime({ offset: true, error: "date_invalid" }).optional();

/** The filters of the list of refunds, as an address or the body of an export carries them. */
export const refundFilterShape = {
  order: z.string().max(64).optional(),
  status: z.enum(refundStatuses).optional(),
  merchant_refund_no: z.string().max(64).optional(),
  source: z.enum(["merchant", "surplus", "late", "mismatch"]).optional(),
  created_from: moment(),
  created_to: moment(),
};

const refundFilterSchema = z.strictObject(refundFilterShape);

export function refundFilterOf(query: z.output<typeof refundFilterSchema>): RefundFilter {
  return {
    ...(query.order && { order: query.order }),
    ...(query.status && { status: query.status }),
    ...(query.merchant_refund_no && { merchantRefundNo: query.merchant_refund_no }),
    ...(query.source && { source: query.source }),
    ...(query.created_from && { createdFrom: new Date(query.created_from) }),
    ...(query.created_to && { createdTo: new Date(query.created_to) }),
  };
}
