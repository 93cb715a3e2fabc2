import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { money } from "#lib/kernel/money";
import type { PayRequest, RefundRequest } from "../channel.ts";
import { alipay } from "./adapter.ts";
import type { AlipayAccount } from "./client.ts";
import { now, reference, refundReference, testAccount } from "./fixtures/account.ts";
import { FakeGateway } from "./fixtures/provider.ts";
import refunded from "./fixtures/refund-done.json" with { type: "json" };
import refundFound from "./fixtures/refund-query-done.json" with { type: "json" };
import paid from "./fixtures/trade-success.json" with { type: "json" };

const options = { now, requestId: "req_1", timeoutMs: 2000 };
let gateway: FakeGateway;
let account: AlipayAccount;

beforeEach(async () => {
  gateway = new FakeGateway();
  account = testAccount(await gateway.start());
});
afterEach(() => gateway.stop());

const request: PayRequest = {
  reference,
  orderId: "ord_1",
  method: "alipay",
  flow: "qr",
  amount: money(8800n, "CNY"),
  subject: "龙井 250g",
  captureMethod: "automatic",
  expiresAt: new Date("2026-11-20T10:45:00Z"),
  notifyUrl: "https://pay.example.com/notify/ca_1",
  returnUrl: "https://pay.example.com/pay/ord_1",
  shopper: { ip: "203.0.113.7", userAgent: "Mozilla/5.0", device: "desktop", locale: "zh-CN" },
};
const payment = { reference, amount: request.amount };
const refund: RefundRequest = {
  ...payment,
  refundReference,
  refundAmount: money(3000n, "CNY"),
  notifyUrl: request.notifyUrl,
};
const success = { code: "10000", msg: "Success", out_trade_no: reference };

describe("pay", () => {
  it("shows a code to scan, no longer valid than the order and than two hours", async () => {
    gateway.answer({ "alipay.trade.precreate": { ...success, qr_code: "https://qr.alipay.com/bax03206" } });
    const action = { type: "qr", content: "https://qr.alipay.com/bax03206", expiresAt: "2026-11-20T10:45:00.000Z" };
    expect(await alipay.pay(account, request, options)).toEqual({ kind: "pending", action });
    expect(gateway.parameters(0)).toMatchObject({ method: "alipay.trade.precreate", notify_url: request.notifyUrl });
    const late = await alipay.pay(account, { ...request, expiresAt: new Date("2026-11-21T10:30:00Z") }, options);
    expect(late).toMatchObject({ action: { expiresAt: "2026-11-20T12:30:00.000Z" } });
  });

  it.each([
    ["desktop", "alipay.trade.page.pay", "FAST_INSTANT_TRADE_PAY"],
    ["mobile", "alipay.trade.wap.pay", "QUICK_WAP_WAY"],
  ] as const)("sends a %s shopper to %s without a call of ours", async (device, method, productCode) => {
    const shopper = { ...request.shopper, device };
    const outcome = await alipay.pay(account, { ...request, flow: "redirect", shopper }, options);
    if (outcome.kind !== "pending" || outcome.action?.type !== "redirect") throw new Error("no redirect");
    const address = new URL(outcome.action.url);
    expect(address.href).toMatch(/^https:\/\/pay\.example\.com\/sim\/alipay\/gateway\.do\?/);
    const parameters = Object.fromEntries(address.searchParams);
    expect(parameters).toMatchObject({ method, notify_url: request.notifyUrl, return_url: request.returnUrl });
    expect(JSON.parse(parameters.biz_content ?? "")).toMatchObject({
      out_trade_no: reference,
      total_amount: "88.00",
      product_code: productCode,
      time_expire: "2026-11-20 18:45:00",
    });
    expect(gateway.requests).toHaveLength(0);
  });

  it("makes the trade for the wallet around us", async () => {
    gateway.answer({ "alipay.trade.create": { ...success, trade_no: "2026112022001404461000123456" } });
    const shopper = { ...request.shopper, walletUserId: "074a1CcTG1LelxKe4xQC0zgNdId0nxi95b5lsNpazWYoCo5" };
    expect(await alipay.pay(account, { ...request, flow: "wallet_sdk", shopper }, options)).toEqual({
      kind: "pending",
      reference: "2026112022001404461000123456",
      action: { type: "wallet_sdk", wallet: "alipay", parameters: { tradeNO: "2026112022001404461000123456" } },
    });
    expect(JSON.parse(gateway.parameters(0).biz_content ?? "")).toMatchObject({
      product_code: "JSAPI_PAY",
      op_app_id: "2021000000000001",
      buyer_open_id: "074a1CcTG1LelxKe4xQC0zgNdId0nxi95b5lsNpazWYoCo5",
    });
  });

  it.each([
    ["another currency", { amount: money(8800n, "USD") }],
    ["nothing", { amount: money(0n, "CNY") }],
    ["more than it takes", { amount: money(10_000_000_001n, "CNY") }],
    ["a later capture", { captureMethod: "manual" }],
    ["card fields", { flow: "card_fields" }],
    ["its wallet without the shopper's open id", { flow: "wallet_sdk" }],
  ] as const)("declines %s without a call", async (_, change) => {
    expect(await alipay.pay(account, { ...request, ...change }, options)).toMatchObject({
      kind: "declined",
      reason: "method_unavailable",
    });
    expect(gateway.requests).toHaveLength(0);
  });
});

describe("close", () => {
  it("closes in one call", async () => {
    gateway.answer({ "alipay.trade.close": { ...success, trade_no: "1" } });
    expect(await alipay.close(account, payment, options)).toEqual({ kind: "closed" });
    expect(gateway.requests).toHaveLength(1);
  });

  it("looks at the trade when Alipay refuses to close it in its state", async () => {
    const refusal = { code: "40004", msg: "Business Failed", sub_code: "ACQ.TRADE_STATUS_ERROR" };
    gateway.answer({ "alipay.trade.close": refusal, "alipay.trade.query": paid });
    expect(await alipay.close(account, payment, options)).toEqual({ kind: "paid" });
  });
});

describe("refund", () => {
  const sent = () => gateway.requests.map((received) => received.url.searchParams.get("method"));

  it("is done in one call when that call moved the money", async () => {
    gateway.answer({ "alipay.trade.refund": refunded });
    expect(await alipay.refund(account, refund, options)).toMatchObject({
      kind: "succeeded",
      amount: { minor: 3000n },
    });
    expect(JSON.parse(gateway.parameters(0).biz_content ?? "")).toEqual({
      out_trade_no: reference,
      out_request_no: refundReference,
      refund_amount: "30.00",
    });
    expect(sent()).toEqual(["alipay.trade.refund"]);
  });

  it("is looked up when the call moved none, and pending when it is not there yet", async () => {
    const repeated = { ...refunded, fund_change: "N" };
    gateway.answer({ "alipay.trade.refund": repeated, "alipay.trade.fastpay.refund.query": refundFound });
    expect(await alipay.refund(account, refund, options)).toMatchObject({
      kind: "succeeded",
      amount: { minor: 3000n },
    });
    expect(sent()).toEqual(["alipay.trade.refund", "alipay.trade.fastpay.refund.query"]);
    gateway.answer({ "alipay.trade.refund": repeated, "alipay.trade.fastpay.refund.query": success });
    expect(await alipay.refund(account, refund, options)).toEqual({ kind: "pending", reference: refundReference });
  });
});

it("queries by our own reference", async () => {
  gateway.answer({ "alipay.trade.query": paid, "alipay.trade.fastpay.refund.query": refundFound });
  expect((await alipay.query(account, payment, options)).kind).toBe("approved");
  expect((await alipay.queryRefund(account, refund, options)).kind).toBe("succeeded");
  expect(gateway.requests.map((_, index) => JSON.parse(gateway.parameters(index).biz_content ?? ""))).toEqual([
    { out_trade_no: reference },
    { out_trade_no: reference, out_request_no: refundReference, query_options: ["gmt_refund_pay"] },
  ]);
});

it("offers one way to pay for each place where the shopper can be", () => {
  expect(alipay.capabilities.map(({ flow, devices, walletBrowser }) => ({ flow, devices, walletBrowser }))).toEqual([
    { flow: "qr", devices: ["desktop", "mobile"], walletBrowser: undefined },
    { flow: "redirect", devices: ["desktop", "mobile"], walletBrowser: undefined },
    { flow: "wallet_sdk", devices: ["mobile"], walletBrowser: "alipay" },
  ]);
});
