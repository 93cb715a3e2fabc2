import { z } from "@hono/zod-openapi";
import { orderStatuses } from "#db/schema/orders";
import { methods } from "#lib/channels/channel";
import { maxAmountMinor } from "#lib/kernel/money";
import { currencySchema } from "./schemas.ts";
import type { OrderFilter } from "./store.ts";

const moment = () => z.iso.datetime({ offset: true, error: "date_invalid" }).optional();

const minorUnits = (description: string) =>
  z.coerce
    .number({ error: "amount_not_integer" })
    .int({ error: "amount_not_integer" })
    .min(0, { error: "amount_not_positive" })
    .max(Number(maxAmountMinor), { error: "amount_too_large" })
    .optional()
    .openapi({ description: `${description}, minor units.` });

/** The filters of the list of orders, as an address or the body of an export carries them. */
export const orderFilterShape = {
  status: z.enum(orderStatuses).optional(),
  merchant_order_no: z.string().max(64).optional(),
  created_from: moment(),
  created_to: moment(),
  amount_min: minorUnits("At least this much"),
  amount_max: minorUnits("At most this much"),
  currency: currencySchema.optional(),
  method: z.enum(methods, { error: "method_unknown" }).optional().openapi({ description: "Of the latest attempt." }),
  channel: z.string().max(40).optional().openapi({ description: "Of the latest attempt.", example: "alipay" }),
  shopper: z.string().trim().max(254).optional().openapi({ description: "E-mail address or phone number, in full." }),
};

const orderFilterSchema = z.strictObject(orderFilterShape);

export function orderFilterOf(query: z.output<typeof orderFilterSchema>): OrderFilter {
  return {
    ...(query.status && { status: query.status }),
    ...(query.merchant_order_no && { merchantOrderNo: query.merchant_order_no }),
    ...(query.created_from && { createdFrom: new Date(query.created_from) }),
    ...(query.created_to && { createdTo: new Date(query.created_to) }),
    ...(query.amount_min !== undefined && { amountMin: BigInt(query.amount_min) }),
    ...(query.amount_max !== undefined && { amountMax: BigInt(query.amount_max) }),
    ...(query.currency && { currency: query.currency }),
    ...(query.method && { method: query.method }),
    ...(query.channel && { channel: query.channel }),
    ...(query.shopper && { shopper: query.shopper }),
  };
}
