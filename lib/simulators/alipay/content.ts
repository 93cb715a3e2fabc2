import { z } from "zod";
import { invalidParameter } from "./answers.ts";
import { parseBeijingTime } from "./beijing.ts";
import { timeoutMs } from "./trade-state.ts";
import { fenOf } from "./yuan.ts";

/** Numbers in biz_content are taken for their text, as the gateway does. */
const text = (max: number) => z.union([z.string(), z.number()]).transform(String).pipe(z.string().max(max));
const optional = (max: number) =>
  text(max)
    .nullish()
    .transform((value) => value || undefined);

const amount = text(12).transform((value, context) => {
  const fen = fenOf(value);
  if (fen !== undefined && fen > 0n) return fen;
  context.addIssue({ code: "custom", message: "not an amount" });
  return z.NEVER;
});

const outNumber = text(64).refine((value) => /^[0-9A-Za-z_]+$/.test(value));

const timeExpire = optional(32).transform((value, context) => {
  if (value === undefined) return undefined;
  const at = parseBeijingTime(value);
  if (at) return at;
  context.addIssue({ code: "custom", message: "not a time" });
  return z.NEVER;
});

const timeout = optional(6).refine((value) => value === undefined || timeoutMs(value, new Date(0)) !== undefined);

export const payContent = z.object({
  out_trade_no: outNumber,
  total_amount: amount,
  subject: text(256).pipe(z.string().min(1)),
  body: optional(128),
  product_code: optional(64),
  timeout_express: timeout,
  qr_code_timeout_express: timeout,
  time_expire: timeExpire,
  passback_params: optional(512),
  store_id: optional(32),
  operator_id: optional(28),
  terminal_id: optional(32),
  quit_url: optional(400),
  buyer_id: optional(28),
  buyer_open_id: optional(128),
  op_app_id: optional(32),
});
export type PayContent = z.output<typeof payContent>;

const tradeNames = { trade_no: optional(64), out_trade_no: optional(64) };

export const namesContent = z.object({ ...tradeNames, operator_id: optional(28) });

export const refundContent = z.object({
  ...tradeNames,
  refund_amount: amount,
  out_request_no: optional(64),
  refund_reason: optional(256),
  operator_id: optional(30),
});

export const refundQueryContent = z.object({
  ...tradeNames,
  out_request_no: text(64).pipe(z.string().min(1)),
  query_options: z.array(z.string()).nullish(),
});

export const billContent = z.object({ bill_type: text(32), bill_date: text(10) });

/** @throws Refusal ACQ.INVALID_PARAMETER naming the field */
export function parseContent<T>(schema: z.ZodType<T>, content: unknown): T {
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw invalidParameter(parsed.error.issues[0]?.path.join(".") || "biz_content");
}
