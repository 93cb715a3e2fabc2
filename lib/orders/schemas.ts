import { z } from "@hono/zod-openapi";
import { orderStatuses } from "#db/schema/orders";
import { methods } from "#lib/channels/channel";
import { currencyCodes } from "#lib/kernel/currency";
import { maxAmountMinor } from "#lib/kernel/money";

/** Puts our code in the place of zod's sentence; a field that is not there at all is said to be missing. */
export function because(code: string) {
  return { error: (issue: { input?: unknown }) => (issue.input === undefined ? "missing_field" : code) };
}

/** Integer minor units as JSON carries them; becomes a bigint. */
export const amountSchema = z
  .number(because("amount_not_integer"))
  .int({ error: "amount_not_integer" })
  .min(1, { error: "amount_not_positive" })
  .max(Number(maxAmountMinor), { error: "amount_too_large" })
  .openapi({
    description: "Integer minor units of the currency: 8800 is ¥88.00, and 8800 is JPY 8,800.",
    example: 8800,
  });

export const currencySchema = z
  .enum(currencyCodes as [string, ...string[]], because("currency_unknown"))
  .openapi({ type: "string", enum: undefined, description: "ISO 4217 code in capitals.", example: "CNY" });

export const metadataSchema = z
  .record(z.string().max(40), z.string().max(500))
  .refine((value) => Object.keys(value).length <= 50, { error: "metadata_too_large" })
  .openapi({ description: "Up to 50 keys of your own; texts of up to 500 characters." });

const returnUrl = z
  .url({ protocol: /^https?$/, error: "url_invalid" })
  .max(2048)
  .openapi({ description: "Where the shopper goes after paying.", example: "https://shop.example/thanks" });

export const createOrderSchema = z
  .strictObject({
    merchant_order_no: z
      .string()
      .regex(/^[\x21-\x7e]{1,64}$/, { error: "merchant_order_no_invalid" })
      .openapi({ description: "Your own number, unique in each mode.", example: "SO-2026-0001" }),
    amount: amountSchema,
    currency: currencySchema,
    subject: z.string().trim().min(1).max(128).openapi({ description: "What the shopper pays for, in a few words." }),
    description: z.string().max(1000).optional(),
    items: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(200),
          quantity: z.number().int().min(1).max(1_000_000),
          unit_amount: z.number().int().min(0).max(Number(maxAmountMinor)),
        }),
      )
      .max(100)
      .optional()
      .openapi({ description: "Shown to the shopper; their sum must be the amount." }),
    methods: z
      .array(z.enum(methods, { error: "method_unknown" }))
      .min(1)
      .max(20)
      .optional()
      .openapi({ description: "Only these methods; all that fit when left out." }),
    capture_method: z.enum(["automatic", "manual"]).default("automatic"),
    customer: z
      .strictObject({
        id: z.string().max(64).optional(),
        email: z.email().max(254).optional(),
        name: z.string().max(200).optional(),
        phone: z
          .string()
          .regex(/^\+[1-9]\d{6,14}$/)
          .optional()
          .openapi({ description: "E.164: a plus sign, country code and number.", example: "+8613800138000" }),
        country: z
          .string()
          .regex(/^[A-Z]{2}$/)
          .optional(),
      })
      .optional(),
    metadata: metadataSchema.optional(),
    return_url: returnUrl.optional(),
    expires_at: z.iso
      .datetime({ offset: true, error: "date_invalid" })
      .optional()
      .openapi({ description: "RFC 3339. Between one minute and 30 days from now; your default when left out." }),
  })
  .openapi("CreateOrder", {
    example: {
      merchant_order_no: "SO-2026-0001",
      amount: 8800,
      currency: "CNY",
      subject: "Jasmine tea",
      metadata: { cart: "c-3041" },
    },
  });

export type CreateOrder = z.output<typeof createOrderSchema>;

export const orderSchema = z
  .object({
    id: z.string(),
    object: z.literal("order"),
    livemode: z.boolean(),
    merchant_order_no: z.string(),
    amount: z.number().int(),
    currency: z.string(),
    subject: z.string(),
    description: z.string().nullable(),
    items: z.array(z.object({ name: z.string(), quantity: z.number(), unit_amount: z.number() })).nullable(),
    methods: z.array(z.string()).nullable(),
    capture_method: z.enum(["automatic", "manual"]),
    customer: z.record(z.string(), z.string()).nullable(),
    status: z.enum(orderStatuses),
    amount_captured: z.number().int(),
    amount_refunded: z.number().int(),
    checkout_url: z.string(),
    return_url: z.string().nullable(),
    latest_attempt: z.union([z.string(), z.record(z.string(), z.unknown())]).nullable(),
    metadata: z.record(z.string(), z.string()),
    expires_at: z.string(),
    paid_at: z.string().nullable(),
    closed_at: z.string().nullable(),
    created_at: z.string(),
  })
  .openapi("Order", {
    example: {
      id: "ord_7k2m9xqa01kajv4s9b3n5t8cwz2e",
      object: "order",
      livemode: false,
      merchant_order_no: "SO-2026-0001",
      amount: 8800,
      currency: "CNY",
      subject: "Jasmine tea",
      description: null,
      items: null,
      methods: null,
      capture_method: "automatic",
      customer: null,
      status: "pending",
      amount_captured: 0,
      amount_refunded: 0,
      checkout_url: "https://pay.example/pay/ord_7k2m9xqa01kajv4s9b3n5t8cwz2e",
      return_url: null,
      latest_attempt: null,
      metadata: { cart: "c-3041" },
      expires_at: "2026-03-01T09:00:00.000Z",
      paid_at: null,
      closed_at: null,
      created_at: "2026-03-01T08:30:00.000Z",
    },
  });
