import { z } from "zod";
import { fromDecimalString } from "#lib/kernel/money";
import { fromBeijingTime } from "./time.ts";

/** Yuan as text; some answers write a JSON number instead, which is no money to us. */
const yuan = z.string().transform((text, check) => {
  try {
    return fromDecimalString(text, "CNY");
  } catch {
    check.addIssue({ code: "custom", message: "not an amount in yuan" });
    return z.NEVER;
  }
});

const time = z.string().transform((text, check) => {
  try {
    return fromBeijingTime(text);
  } catch {
    check.addIssue({ code: "custom", message: "not a time" });
    return z.NEVER;
  }
});

/** The methods that we call (channels.md §1.5). */
export type Method =
  | "alipay.trade.precreate"
  | "alipay.trade.create"
  | "alipay.trade.page.pay"
  | "alipay.trade.wap.pay"
  | "alipay.trade.query"
  | "alipay.trade.close"
  | "alipay.trade.refund"
  | "alipay.trade.fastpay.refund.query"
  | "alipay.data.dataservice.bill.downloadurl.query";

/** biz_content of the methods that make a trade. */
export interface CreateTrade {
  readonly out_trade_no: string;
  readonly total_amount: string;
  readonly subject: string;
  readonly time_expire: string;
  readonly product_code: "FACE_TO_FACE_PAYMENT" | "FAST_INSTANT_TRADE_PAY" | "QUICK_WAP_WAY" | "JSAPI_PAY";
  readonly quit_url?: string;
  readonly op_app_id?: string;
  readonly buyer_open_id?: string;
}

export interface CreateRefund {
  readonly out_trade_no: string;
  readonly out_request_no: string;
  readonly refund_amount: string;
  readonly refund_reason?: string;
}

/** What every answer begins with. */
export const resultHead = z.object({
  code: z.string(),
  msg: z.string().default(""),
  sub_code: z.string().optional(),
  sub_msg: z.string().optional(),
});

export const precreated = z.object({ out_trade_no: z.string(), qr_code: z.string().min(1) });
export const createdTrade = z.object({ out_trade_no: z.string(), trade_no: z.string().min(1) });

export const trade = z.object({
  out_trade_no: z.string(),
  trade_no: z.string().min(1),
  trade_status: z.string(),
  total_amount: yuan,
  send_pay_date: time.optional(),
  buyer_logon_id: z.string().optional(),
});
export type Trade = z.infer<typeof trade>;

/** refund_fee is what has been refunded of the trade in all, so it says nothing about this refund. */
export const refund = z.object({
  out_trade_no: z.string(),
  fund_change: z.string().optional(),
  gmt_refund_pay: time.optional(),
});

/** Without refund_status when the refund was not carried out. */
export const refundQuery = z.object({
  out_trade_no: z.string().optional(),
  out_request_no: z.string().optional(),
  refund_status: z.string().optional(),
  refund_amount: yuan.optional(),
  gmt_refund_pay: time.optional(),
});

/** A trade's notification (channels.md §1.6); other products' have other fields, so only these are asked for. */
export const notificationHead = z.object({
  notify_id: z.string().min(1),
  notify_type: z.string(),
  app_id: z.string(),
  seller_id: z.string().optional(),
});

export const tradeNotification = z.object({
  out_trade_no: z.string().min(1),
  trade_no: z.string().min(1),
  trade_status: z.string(),
  total_amount: yuan,
  buyer_logon_id: z.string().optional(),
  gmt_payment: time.optional(),
  gmt_refund: time.optional(),
  refund_fee: yuan.optional(),
  out_biz_no: z.string().optional(),
});
export type TradeNotification = z.infer<typeof tradeNotification>;

export const billAddress = z.object({ bill_download_url: z.url({ protocol: /^https?$/ }) });
