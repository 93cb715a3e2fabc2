import { describe, expect, it } from "vitest";
import { declineReasons, flows, methods } from "#lib/channels/channel";
import type { CheckoutAttempt, CheckoutView } from "#lib/checkout/checkout-view";
import en from "#messages/en.json" with { type: "json" };
import zhCN from "#messages/zh-CN.json" with { type: "json" };
import zhTW from "#messages/zh-TW.json" with { type: "json" };
import { formatMinor } from "./amount.ts";
import { frameAddress, readFrameMessage } from "./card-frame.ts";
import { methodRows, testWalletAddress } from "./offers.ts";
import { isSettled, phaseOf, returnAddress } from "./phase.ts";
import { fill } from "./texts.ts";
import { timeLeft } from "./time-left.ts";

const open: CheckoutView = {
  object: "checkout",
  order: "ord_1",
  livemode: false,
  status: "pending",
  amount: 8800,
  amount_refunded: 0,
  currency: "CNY",
  subject: "Tea",
  description: null,
  items: null,
  merchant_order_no: "SO-1",
  merchant: {
    name: "Shop",
    logo: null,
    color: null,
    support_email: null,
    support_phone: null,
    languages: ["en", "zh-CN", "zh-TW"],
  },
  expires_at: "2026-01-01T00:30:00.000Z",
  server_time: "2026-01-01T00:00:00.000Z",
  paid_at: null,
  return_url: "https://shop.example/thanks?cart=7",
  accepts_payments: true,
  maintenance: [],
  methods: [{ method: "wechat_pay", flow: "qr" }],
  attempt: null,
};

function attempt(status: CheckoutAttempt["status"], action: CheckoutAttempt["action"] = null): CheckoutAttempt {
  return { id: "att_1", method: "wechat_pay", flow: "qr", status, action, decline_reason: null };
}

describe("an amount", () => {
  it.each([
    [8800, "CNY", 2, "en", "¥88.00"],
    [8800, "CNY", 2, "zh-CN", "¥88.00"],
    [5, "CNY", 2, "zh-CN", "¥0.05"],
    [8800, "JPY", 0, "en", "¥8,800"],
    [1234500, "KWD", 3, "en", "KWD\u00a01,234.500"],
    [9_999_999_999_999, "USD", 2, "en", "$99,999,999,999.99"],
    [9_007_199_254_740_991, "KWD", 3, "en", "KWD\u00a09,007,199,254,740.991"],
  ])("of %i minor units of %s reads %4$s", (minor, currency, exponent, locale, text) => {
    expect(formatMinor(minor, currency, exponent, locale)).toBe(text);
  });
});

describe("the countdown", () => {
  it.each([
    [0, { kind: "over" }],
    [-5, { kind: "over" }],
    [1, { kind: "clock", text: "00:01", isLast: true }],
    [60_000, { kind: "clock", text: "01:00", isLast: true }],
    [60_001, { kind: "clock", text: "01:01", isLast: false }],
    [30 * 60_000, { kind: "clock", text: "30:00", isLast: false }],
    [3_600_000, { kind: "clock", text: "1:00:00", isLast: false }],
    [47 * 3_600_000, { kind: "clock", text: "47:00:00", isLast: false }],
    [50 * 3_600_000, { kind: "days", days: 2 }],
  ])("of %i ms says %o", (ms, expected) => {
    expect(timeLeft(ms)).toEqual(expected);
  });
});

describe("what the shopper has before him", () => {
  it.each([
    ["a new order", {}, { kind: "choose" }],
    ["an order that no method fits", { methods: [] }, { kind: "no_methods" }],
    ["a call under way", { status: "processing", attempt: attempt("created") }, { kind: "checking" }],
    ["a lost answer", { status: "processing", attempt: attempt("unknown") }, { kind: "checking" }],
    ["money that the order has not taken in yet", { attempt: attempt("succeeded") }, { kind: "checking" }],
    ["a code", { attempt: attempt("requires_action", { type: "qr", content: "x" }) }, { kind: "scan" }],
    ["a wallet", { attempt: attempt("requires_action", { type: "wallet_sdk" }) }, { kind: "wallet" }],
    ["a provider's page", { attempt: attempt("requires_action", { type: "redirect", url: "x" }) }, { kind: "leave" }],
    ["3-D Secure", { attempt: attempt("requires_action", { type: "three_d_secure" }) }, { kind: "authenticate" }],
    ["a decline", { attempt: attempt("failed") }, { kind: "choose", notice: { kind: "declined" } }],
    ["a cancel", { attempt: attempt("canceled") }, { kind: "choose", notice: { kind: "canceled" } }],
    ["a paid order", { status: "paid", attempt: attempt("succeeded") }, { kind: "done", ending: "paid" }],
    ["an authorisation", { status: "authorized" }, { kind: "done", ending: "authorized" }],
    ["an expired order", { status: "expired", attempt: attempt("canceled") }, { kind: "done", ending: "expired" }],
    ["late money", { status: "expired", attempt: attempt("succeeded") }, { kind: "done", ending: "returned" }],
    ["late money after a close", { status: "closed", attempt: attempt("succeeded") }, { ending: "returned" }],
  ] as const)("%s", (_, change, expected) => {
    expect(phaseOf({ ...open, ...change })).toMatchObject(expected);
  });

  it("is a question when the provider has sent him back, and only for that attempt", () => {
    const view = { ...open, attempt: attempt("requires_action", { type: "redirect", url: "x" }) };
    expect(phaseOf(view, "att_1").kind).toBe("returned");
    expect(phaseOf(view, "att_0").kind).toBe("leave");
  });
});

describe("listening", () => {
  it("goes on while a code that was open at the end may still bring money", () => {
    const code = attempt("requires_action", { type: "qr", content: "x" });
    expect(isSettled({ ...open, status: "expired", attempt: code })).toBe(false);
    expect(isSettled({ ...open, status: "expired", attempt: attempt("canceled") })).toBe(true);
    expect(isSettled({ ...open, status: "paid", attempt: code })).toBe(true);
    expect(isSettled(open)).toBe(false);
  });
});

describe("the way back to the shop", () => {
  it("keeps the shop's own query and adds what happened", () => {
    expect(returnAddress(open, "paid")).toBe("https://shop.example/thanks?cart=7&order=ord_1&status=paid");
  });

  it("says how the order ended, also when money came too late", () => {
    expect(returnAddress({ ...open, status: "expired" }, "returned")).toContain("status=expired");
  });

  it("is absent without an address", () => {
    expect(returnAddress({ ...open, return_url: null }, "paid")).toBeUndefined();
  });
});

describe("the rows", () => {
  it("hold one method each, in the order in which the methods were offered", () => {
    const offers = ["alipay redirect", "card card_fields", "alipay qr"].map((text) => {
      const [method = "", flow = ""] = text.split(" ");
      return { method, flow };
    });
    expect(methodRows(offers).map((row) => [row.method, row.flows.map((offer) => offer.flow)])).toEqual([
      ["alipay", ["redirect", "qr"]],
      ["card", ["card_fields"]],
    ]);
  });

  it.each([
    [
      "wechat_pay",
      { type: "qr", content: "weixin://a?b=c" },
      "/sandbox/wechatpay/scan?lang=en&code=weixin%3A%2F%2Fa%3Fb%3Dc",
    ],
    [
      "alipay",
      { type: "wallet_sdk", parameters: { tradeNO: "7" } },
      "/sandbox/alipay/cashier?lang=en&trade_no=7&redirect_url=%2Fpay",
    ],
    ["card", { type: "qr", content: "x" }, undefined],
    ["alipay", { type: "redirect", url: "x" }, undefined],
  ])("test mode's %s wallet for %o is %s", (method, action, address) => {
    expect(testWalletAddress(method, action, { path: "/pay", locale: "en" })).toBe(address);
  });
});

describe("the card frame", () => {
  it.each([
    [{ type: "ready" }, { type: "ready" }],
    [
      { type: "height", height: 395.2 },
      { type: "height", height: 396 },
    ],
    [{ type: "height", height: 1e6 }, undefined],
    [{ type: "height", height: "-1" }, undefined],
    [
      { type: "token", token: "pm_1" },
      { type: "token", token: "pm_1" },
    ],
    [{ type: "token", token: { toString: "pm_1" } }, undefined],
    [{ type: "token", token: "x".repeat(513) }, undefined],
    [{ type: "navigate", url: "https://evil.example" }, undefined],
    ["token", undefined],
    [null, undefined],
  ])("is heard saying %o as %o", (data, message) => {
    expect(readFrameMessage(data)).toEqual(message);
  });

  it("is told whom it talks to, also when its address is one of ours", () => {
    const page = { origin: "https://pay.example", locale: "zh-CN", theme: "dark" } as const;
    expect(frameAddress("/pay/frames/x?key=pk_1", page)).toBe(
      "https://pay.example/pay/frames/x?key=pk_1&origin=https%3A%2F%2Fpay.example&locale=zh-CN&theme=dark",
    );
  });
});

describe("the sentences", () => {
  it.each([
    ["返回{shop}重新下单", { shop: "灯叶茶铺 Lantern" }, "返回灯叶茶铺 Lantern 重新下单"],
    ["返回{shop}。", { shop: "Lantern" }, "返回 Lantern。"],
    ["Pay {amount} in {app}", { amount: "¥1", app: "WeChat" }, "Pay ¥1 in WeChat"],
    ["{a} and {b}", { a: "1" }, "1 and {b}"],
    ["请用{app}扫码", { app: "微信" }, "请用微信扫码"],
  ])("%s with %o reads %s", (text, values, expected) => {
    expect(fill(text, values)).toBe(expected);
  });

  it.each([
    ["en", en.checkout],
    ["zh-CN", zhCN.checkout],
    ["zh-TW", zhTW.checkout],
  ] as const)(
    "in %s name every method and flow, and say for every decline that nothing was charged",
    (locale, texts) => {
      expect(Object.keys(texts.methods.names)).toEqual([...methods]);
      expect(Object.keys(texts.flows).sort()).toEqual([...flows].sort());
      expect(Object.keys(texts.declines).sort()).toEqual([...declineReasons].sort());
      const notCharged = { en: /You have not been charged/, "zh-CN": /您没有被扣款/, "zh-TW": /您沒有被扣款/ }[locale];
      for (const text of Object.values(texts.declines)) expect(text).toMatch(notCharged);
    },
  );
});
