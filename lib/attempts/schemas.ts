import { z } from "@hono/zod-openapi";
import { attemptStatuses } from "#db/schema/orders";
import { flows, methods } from "#lib/channels/channel";

export const startAttemptSchema = z
  .strictObject({
    method: z.enum(methods, { error: "method_unknown" }),
    flow: z.enum(flows).optional().openapi({ description: "The best one for the device when left out." }),
    token: z
      .string()
      .max(200)
      .optional()
      .openapi({ description: "The card token that the provider's fields returned." }),
    wallet_user_id: z.string().max(128).optional().openapi({ description: "openid or buyer id, for `wallet_sdk`." }),
  })
  .openapi("StartCheckoutAttempt");

export const createAttemptSchema = z
  .strictObject({
    // Not `extend`: the document would say `allOf` of two objects that each forbid the other's fields.
    ...startAttemptSchema.shape,
    device: z.enum(["desktop", "mobile"]).default("desktop").openapi({ description: "The shopper's device." }),
    wallet_browser: z
      .enum(methods)
      .optional()
      .openapi({ description: "Set when the shopper is inside this wallet's browser." }),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
    shopper_ip: z.union([z.ipv4(), z.ipv6()]).optional(),
    user_agent: z.string().max(500).optional(),
  })
  .openapi("CreateAttempt", { example: { method: "wechat_pay" } });

export const attemptSchema = z
  .object({
    id: z.string(),
    object: z.literal("attempt"),
    livemode: z.boolean(),
    order: z.string(),
    status: z.enum(attemptStatuses),
    method: z.string(),
    flow: z.string(),
    channel: z.string(),
    channel_account: z.string(),
    amount: z.number().int(),
    currency: z.string(),
    amount_received: z.number().int(),
    fee: z
      .number()
      .int()
      .openapi({ description: "What the merchant is charged for the payment, minor units.", example: 53 }),
    action: z.record(z.string(), z.unknown()).nullable(),
    decline_reason: z.string().nullable(),
    provider_code: z.string().nullable(),
    provider_reference: z.string().nullable(),
    disposition: z.enum(["order", "surplus", "late", "mismatch"]).nullable(),
    details: z.record(z.string(), z.string()).nullable(),
    device: z.string().nullable().openapi({
      description: "Names the shopper's browser at our checkout, the same for all your orders; for your lists.",
    }),
    created_at: z.string(),
    succeeded_at: z.string().nullable(),
  })
  .openapi("Attempt", {
    example: {
      id: "att_7k2m9xqa01kajv5d2f6g8h1jkmnp",
      object: "attempt",
      livemode: false,
      order: "ord_7k2m9xqa01kajv4s9b3n5t8cwz2e",
      status: "requires_action",
      method: "wechat_pay",
      flow: "qr",
      channel: "wechatpay",
      channel_account: "ca_7k2m9xqa01kahy2d4f6h8k0n2q4s",
      amount: 8800,
      currency: "CNY",
      amount_received: 0,
      fee: 0,
      action: { type: "qr", content: "weixin://wxpay/bizpayurl?pr=p4lpSuKzz" },
      decline_reason: null,
      provider_code: null,
      provider_reference: null,
      disposition: null,
      details: null,
      device: null,
      created_at: "2026-03-01T08:31:00.000Z",
      succeeded_at: null,
    },
  });
