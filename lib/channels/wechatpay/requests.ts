import { type Money, minorToJson } from "#lib/kernel/money";
import type { PayRequest, RefundRequest } from "../channel.ts";
import type { WechatpayCredentials } from "./credentials.ts";
import { rfc3339InBeijing } from "./time.ts";
import type { CreateRefund, CreateTransaction } from "./wire.ts";

const maxDescriptionLength = 127;
const maxReasonLength = 80;

/** What native, H5 and JSAPI have in common. */
export function transactionRequest(credentials: WechatpayCredentials, request: PayRequest): CreateTransaction {
  return {
    appid: credentials.appid,
    mchid: credentials.mchid,
    description: shorten(request.subject, maxDescriptionLength),
    out_trade_no: request.reference,
    time_expire: rfc3339InBeijing(request.expiresAt),
    notify_url: request.notifyUrl,
    amount: { total: fen(request.amount), currency: "CNY" },
    scene_info: { payer_client_ip: request.shopper.ip },
  };
}

export function h5Request(credentials: WechatpayCredentials, request: PayRequest): CreateTransaction {
  return {
    ...transactionRequest(credentials, request),
    scene_info: { payer_client_ip: request.shopper.ip, h5_info: { type: "Wap" } },
  };
}

export function jsapiRequest(
  credentials: WechatpayCredentials,
  request: PayRequest,
  openid: string,
): CreateTransaction {
  return { ...transactionRequest(credentials, request), payer: { openid } };
}

export function refundRequest(request: RefundRequest): CreateRefund {
  return {
    out_trade_no: request.reference,
    out_refund_no: request.refundReference,
    reason: request.reason === undefined ? undefined : shorten(request.reason, maxReasonLength),
    notify_url: request.notifyUrl,
    amount: { refund: fen(request.refundAmount), total: fen(request.amount), currency: "CNY" },
  };
}

/** The page that H5 sends the shopper to, made to come back to ours (channels.md §2.5). */
export function h5Address(h5Url: string, returnUrl: string): string {
  return `${h5Url}${h5Url.includes("?") ? "&" : "?"}redirect_url=${encodeURIComponent(returnUrl)}`;
}

/** @throws RangeError for another currency than CNY */
function fen(amount: Money): number {
  if (amount.currency !== "CNY") throw new RangeError("WeChat Pay takes CNY only");
  return minorToJson(amount.minor);
}

const characters = new Intl.Segmenter("zh", { granularity: "grapheme" });

/** Whole characters as a reader sees them, so that an emoji at the end is kept or dropped, never cut in two. */
export function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  let shortened = "";
  for (const { segment } of characters.segment(text.slice(0, maxLength + 1))) {
    if (shortened.length + segment.length > maxLength) break;
    shortened += segment;
  }
  return shortened;
}
