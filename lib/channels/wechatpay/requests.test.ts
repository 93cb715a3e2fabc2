import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { money } from "#lib/kernel/money";
import type { PayRequest } from "../channel.ts";
import { reference, refundReference, testAccount } from "./fixtures/account.ts";
import { h5Address, h5Request, jsapiRequest, refundRequest, shorten, transactionRequest } from "./requests.ts";

const { credentials } = testAccount();

const request: PayRequest = {
  reference,
  orderId: "ord_1",
  method: "wechat_pay",
  flow: "qr",
  amount: money(8800n, "CNY"),
  subject: "龙井 250g",
  captureMethod: "automatic",
  expiresAt: new Date("2026-11-20T10:45:00Z"),
  notifyUrl: "https://pay.example.com/notify/ca_1",
  returnUrl: "https://pay.example.com/pay/ord_1?done=1&lang=zh",
  shopper: { ip: "203.0.113.7", userAgent: "Mozilla/5.0", device: "desktop", locale: "zh-CN" },
};

const common = {
  appid: "wx8888888888888888",
  mchid: "1900000001",
  description: "龙井 250g",
  out_trade_no: reference,
  time_expire: "2026-11-20T18:45:00+08:00",
  notify_url: "https://pay.example.com/notify/ca_1",
  amount: { total: 8800, currency: "CNY" },
};

it("asks for a native transaction field by field", () => {
  expect(transactionRequest(credentials, request)).toEqual({
    ...common,
    scene_info: { payer_client_ip: "203.0.113.7" },
  });
});

it("names the scene for H5 and the payer for JSAPI", () => {
  expect(h5Request(credentials, request)).toEqual({
    ...common,
    scene_info: { payer_client_ip: "203.0.113.7", h5_info: { type: "Wap" } },
  });
  expect(jsapiRequest(credentials, request, "oUpF8u")).toEqual({
    ...common,
    scene_info: { payer_client_ip: "203.0.113.7" },
    payer: { openid: "oUpF8u" },
  });
});

it("asks for a refund with the whole order's amount beside it", () => {
  const refund = {
    reference,
    refundReference,
    amount: money(8800n, "CNY"),
    refundAmount: money(3000n, "CNY"),
    reason: "尺码不合",
    notifyUrl: "https://pay.example.com/notify/ca_1",
  };
  expect(refundRequest(refund)).toEqual({
    out_trade_no: reference,
    out_refund_no: refundReference,
    reason: "尺码不合",
    notify_url: "https://pay.example.com/notify/ca_1",
    amount: { refund: 3000, total: 8800, currency: "CNY" },
  });
});

it("sends fen exactly for every amount on offer", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 2_147_483_647n }), (minor) => {
      const { total } = transactionRequest(credentials, { ...request, amount: money(minor, "CNY") }).amount;
      expect(BigInt(JSON.parse(JSON.stringify(total)))).toBe(minor);
    }),
  );
});

it("refuses to send another currency as fen", () => {
  expect(() => transactionRequest(credentials, { ...request, amount: money(8800n, "USD") })).toThrow(RangeError);
});

it("comes back from H5 to our page, whether or not the address has a query", () => {
  const back = "redirect_url=https%3A%2F%2Fpay.example.com%2Fpay%2Ford_1%3Fdone%3D1%26lang%3Dzh";
  expect(h5Address("https://wx.tenpay.com/checkmweb?prepay_id=wx1", request.returnUrl)).toBe(
    `https://wx.tenpay.com/checkmweb?prepay_id=wx1&${back}`,
  );
  expect(h5Address("https://wx.tenpay.com/checkmweb", request.returnUrl)).toBe(
    `https://wx.tenpay.com/checkmweb?${back}`,
  );
});

describe("shortening", () => {
  it.each([
    ["leaves 127 characters alone", "茶".repeat(127), "茶".repeat(127)],
    ["drops the 128th", "茶".repeat(128), "茶".repeat(127)],
    ["drops an emoji that would be cut in two", `${"a".repeat(126)}🍵`, "a".repeat(126)],
    ["keeps an emoji that just fits", `${"a".repeat(125)}🍵b`, `${"a".repeat(125)}🍵`],
    ["drops a family of joined emoji as one", `${"a".repeat(125)}👨‍👩‍👧`, "a".repeat(125)],
  ])("%s", (_, text, expected) => {
    expect(shorten(text, 127)).toBe(expected);
  });

  it("always gives a prefix that fits and is well formed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
        const short = shorten(text, 127);
        expect(short.length).toBeLessThanOrEqual(127);
        expect(text.startsWith(short)).toBe(true);
        expect(short.isWellFormed()).toBe(true);
      }),
    );
  });
});
