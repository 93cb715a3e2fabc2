import { z } from "@hono/zod-openapi";
import { refundStatuses } from "#db/schema/refunds";
import { amountSchema } from "#lib/orders/schemas";

export const createRefundSchema = z
  .strictObject({
    order: z.string().max(64).openapi({ description: "The order's id.", example: "ord_7k2m9xqa01kajv4s9b3n5t8cwz2e" }),
    amount: amountSchema.optional().openapi({ description: "Minor units; everything that is left when left out." }),
    attempt: z.string().max(64).optional().openapi({
      description:
        "The payment to give back when it is not the one that the order took: a second, late or wrong one. The order's own sums stay as they are.",
      example: "att_7k2m9xqa01kajv5d2f6g8h1jkmnp",
    }),
    merchant_refund_no: z
      .string()
      .regex(/^[\x21-\x7e]{1,64}$/, { error: "merchant_refund_no_invalid" })
      .openapi({ description: "Your own number, unique in each mode.", example: "RF-2026-0001" }),
    reason: z.string().max(200).optional(),
  })
  .openapi("CreateRefund", {
    example: { order: "ord_7k2m9xqa01kajv4s9b3n5t8cwz2e", amount: 3000, merchant_refund_no: "RF-2026-0001" },
  });

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
  .openapi("Refund", {
    example: {
      id: "re_7k2m9xqa01kak03w7r4t6y9zbcde",
      object: "refund",
      livemode: false,
      order: "ord_7k2m9xqa01kajv4s9b3n5t8cwz2e",
      attempt: "att_7k2m9xqa01kajv5d2f6g8h1jkmnp",
      merchant_refund_no: "RF-2026-0001",
      amount: 3000,
      currency: "CNY",
      reason: null,
      status: "pending",
      source: "merchant",
      fee_returned: 0,
      failure_code: null,
      provider_reference: null,
      created_at: "2026-03-01T10:00:00.000Z",
      succeeded_at: null,
    },
  });
