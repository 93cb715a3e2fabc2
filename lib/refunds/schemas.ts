import { z } from "@hono/zod-openapi";
import { refundStatuses } from "#db/schema/refunds";
import { amountSchema } from "#lib/orders/schemas";

export const createRefundSchema = z
  .strictObject({
    order: z.string().max(64).openapi({ description: "The order's id.", example: "ord_…" }),
    amount: amountSchema.optional().openapi({ description: "Minor units; everything that is left when left out." }),
    merchant_refund_no: z
      .string()
      .regex(/^[\x21-\x7e]{1,64}$/, { error: "merchant_refund_no_invalid" })
      .openapi({ description: "Your own number, unique in each mode.", example: "RF-2026-0001" }),
    reason: z.string().max(200).optional(),
  })
  .openapi("CreateRefund");

export type CreateRefund = z.output<typeof createRefundSchema>;

export const refundSchema = z
  .object({
    id: z.string(),
    object: z.literal("refund"),
    livemode: z.boolean(),
    order: z.string(),
    attempt: z.string(),
    merchant_refund_no: z.string(),
    amount: z.number().int(),
    currency: z.string(),
    reason: z.string().nullable(),
    status: z.enum(refundStatuses),
    source: z.enum(["merchant", "surplus", "late", "mismatch"]),
    fee_returned: z.number().int(),
    failure_code: z.string().nullable(),
    provider_reference: z.string().nullable(),
    created_at: z.string(),
    succeeded_at: z.string().nullable(),
  })
  .openapi("Refund");
