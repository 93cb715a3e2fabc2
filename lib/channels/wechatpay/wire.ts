import { z } from "zod";

/** Fen. */
const amount = z.int().nonnegative();
const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** What POST /v3/pay/transactions/{native,h5,jsapi} takes (channels.md §2.6). */
export interface CreateTransaction {
  readonly appid: string;
  readonly mchid: string;
  readonly description: string;
  readonly out_trade_no: string;
  readonly time_expire: string;
  readonly notify_url: string;
  readonly amount: { readonly total: number; readonly currency: "CNY" };
  readonly payer?: { readonly openid: string };
  readonly scene_info?: {
    readonly payer_client_ip: string;
    readonly h5_info?: { readonly type: "Wap" };
  };
}

/** Each way to pay answers with one of the three. */
export const createdTransaction = z.object({
  code_url: z.string().min(1).optional(),
  h5_url: z.url().optional(),
  prepay_id: z.string().min(1).optional(),
});
export type CreatedTransaction = z.infer<typeof createdTransaction>;

/** A query's answer, and the resource of a payment's notification. */
export const transaction = z.object({
  appid: z.string().optional(),
  mchid: z.string(),
  out_trade_no: z.string(),
  transaction_id: z.string().min(1).optional(),
  trade_state: z.string(),
  bank_type: z.string().optional(),
  success_time: time.optional(),
  payer: z.object({ openid: z.string().optional() }).optional(),
  amount: z.object({ total: amount, currency: z.string().default("CNY") }).optional(),
});
export type Transaction = z.infer<typeof transaction>;

/** What POST /v3/refund/domestic/refunds takes. */
export interface CreateRefund {
  readonly out_trade_no: string;
  readonly out_refund_no: string;
  readonly reason?: string;
  readonly notify_url: string;
  readonly amount: { readonly refund: number; readonly total: number; readonly currency: "CNY" };
}

export const refund = z.object({
  refund_id: z.string().min(1),
  out_refund_no: z.string(),
  status: z.string(),
  success_time: time.optional(),
  create_time: time.optional(),
  amount: z.object({ refund: amount, currency: z.string().default("CNY") }),
});
export type Refund = z.infer<typeof refund>;

/** The resource of a refund's notification: names its status differently, and no currency. */
export const refundResource = z.object({
  mchid: z.string(),
  refund_id: z.string().min(1),
  out_refund_no: z.string(),
  refund_status: z.string(),
  success_time: time.optional(),
  amount: z.object({ refund: amount }),
});
export type RefundResource = z.infer<typeof refundResource>;

/** The envelope of every notification (channels.md §2.7). */
export const notification = z.object({
  id: z.string().min(1),
  create_time: time,
  event_type: z.string(),
  resource: z.object({
    algorithm: z.literal("AEAD_AES_256_GCM"),
    original_type: z.string().default(""),
    ciphertext: z.string(),
    associated_data: z.string().optional(),
    nonce: z.string(),
  }),
});

export const errorAnswer = z.object({ code: z.string().min(1), message: z.string().default("") });

export const billAnswer = z.object({
  hash_type: z.literal("SHA1"),
  hash_value: z.string().regex(/^[0-9a-fA-F]{40}$/),
  download_url: z.url({ protocol: /^https?$/ }),
});
