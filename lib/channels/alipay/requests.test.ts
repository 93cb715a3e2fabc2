import fc from "fast-check";
import { expect, it } from "vitest";
import { fromDecimalString, money } from "#lib/kernel/money";
import type { PayRequest } from "../channel.ts";
import { reference, refundReference, testAccount } from "./fixtures/account.ts";
import { jsapiRequest, refundRequest, tradeRequest, wapRequest } from "./requests.ts";

const request: PayRequest = {
  reference,
  orderId: "ord_1",
  method: "alipay",
  flow: "qr",
  amount: money(8800n, "CNY"),
  subject: "龙井 250g",
  captureMethod: "automatic",
  expiresAt: new Date("2026-11-20T16:05:00Z"),
  notifyUrl: "https://pay.example.com/notify/ca_1",
  returnUrl: "https://pay.example.com/pay/ord_1",
  shopper: { ip: "203.0.113.7", userAgent: "Mozilla/5.0", device: "desktop", locale: "zh-CN" },
};
const common = {
  out_trade_no: reference,
  total_amount: "88.00",
  subject: "龙井 250g",
  // Past midnight in Beijing.
  time_expire: "2026-11-21 00:05:00",
};
const subjectFor = (subject: string) => tradeRequest({ ...request, subject }, "FACE_TO_FACE_PAYMENT").subject;

it("asks for a trade field by field, each way to pay with its product code", () => {
  expect(tradeRequest(request, "FACE_TO_FACE_PAYMENT")).toEqual({ ...common, product_code: "FACE_TO_FACE_PAYMENT" });
  expect(wapRequest(request)).toEqual({
    ...common,
    product_code: "QUICK_WAP_WAY",
    quit_url: "https://pay.example.com/pay/ord_1",
  });
  expect(jsapiRequest(testAccount().credentials, request, "oOpenId")).toEqual({
    ...common,
    product_code: "JSAPI_PAY",
    op_app_id: "2021000000000001",
    buyer_open_id: "oOpenId",
  });
});

it("asks for a refund with its own number", () => {
  const refund = {
    reference,
    refundReference,
    amount: money(8800n, "CNY"),
    refundAmount: money(5n, "CNY"),
    notifyUrl: "https://x.example",
  };
  expect(refundRequest({ ...refund, reason: "尺码不合" })).toEqual({
    out_trade_no: reference,
    out_request_no: refundReference,
    refund_amount: "0.05",
    refund_reason: "尺码不合",
  });
});

it("sends every amount on offer as yuan with two decimals that read back as the same fen", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10_000_000_000n }), (minor) => {
      const text = tradeRequest({ ...request, amount: money(minor, "CNY") }, "JSAPI_PAY").total_amount;
      expect(text).toMatch(/^\d+\.\d\d$/);
      expect(fromDecimalString(text, "CNY").minor).toBe(minor);
    }),
  );
});

it("refuses to send another currency as yuan", () => {
  expect(() => tradeRequest({ ...request, amount: money(8800n, "JPY") }, "JSAPI_PAY")).toThrow(RangeError);
});

it.each([
  ["leaves an ordinary subject alone", "龙井 250g", "龙井 250g"],
  ["writes the characters that Alipay refuses in full width", "A&B 1/2 = x", "A＆B 1／2 ＝ x"],
  ["keeps 256 characters", "茶".repeat(256), "茶".repeat(256)],
  ["drops the 257th", "茶".repeat(257), "茶".repeat(256)],
  ["drops an emoji that would be cut in two", `${"a".repeat(255)}🍵`, "a".repeat(255)],
])("%s", (_, subject, sent) => {
  expect(subjectFor(subject)).toBe(sent);
});
