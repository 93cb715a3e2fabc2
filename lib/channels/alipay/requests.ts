import { type Money, toDecimalString } from "#lib/kernel/money";
import type { PayRequest, RefundRequest } from "../channel.ts";
import type { AlipayCredentials } from "./credentials.ts";
import { toBeijingTime } from "./time.ts";
import type { CreateRefund, CreateTrade } from "./wire.ts";

const maxSubjectLength = 256;

/** What every way to pay has in common; product_code says which contract with Alipay it falls under. */
export function tradeRequest(request: PayRequest, productCode: CreateTrade["product_code"]): CreateTrade {
  return {
    out_trade_no: request.reference,
    total_amount: yuan(request.amount),
    subject: subjectOf(request.subject),
    time_expire: toBeijingTime(request.expiresAt),
    product_code: productCode,
  };
}

/** quit_url: where the phone's page goes when the shopper leaves it without paying. */
export function wapRequest(request: PayRequest): CreateTrade {
  return { ...tradeRequest(request, "QUICK_WAP_WAY"), quit_url: request.returnUrl };
}

export function jsapiRequest(credentials: AlipayCredentials, request: PayRequest, openId: string): CreateTrade {
  return { ...tradeRequest(request, "JSAPI_PAY"), op_app_id: credentials.app_id, buyer_open_id: openId };
}

export function refundRequest(request: RefundRequest): CreateRefund {
  return {
    out_trade_no: request.reference,
    out_request_no: request.refundReference,
    refund_amount: yuan(request.refundAmount),
    refund_reason: request.reason === undefined ? undefined : shorten(request.reason, maxSubjectLength),
  };
}

/** @throws RangeError for another currency than CNY */
function yuan(amount: Money): string {
  if (amount.currency !== "CNY") throw new RangeError("Alipay takes CNY only");
  return toDecimalString(amount);
}

const fullWidth: Readonly<Record<string, string>> = { "/": "／", "=": "＝", "&": "＆" };

/** Alipay refuses `/`, `=` and `&` in a subject; their full-width forms read the same. */
function subjectOf(text: string): string {
  return shorten(
    text.replace(/[/=&]/g, (character) => fullWidth[character] ?? character),
    maxSubjectLength,
  );
}

const characters = new Intl.Segmenter("zh", { granularity: "grapheme" });

/** Whole characters as a reader sees them, so that an emoji at the end is kept or dropped, never cut in two. */
function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  let shortened = "";
  for (const { segment } of characters.segment(text.slice(0, maxLength + 1))) {
    if (shortened.length + segment.length > maxLength) break;
    shortened += segment;
  }
  return shortened;
}
