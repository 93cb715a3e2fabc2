import { afterEach, beforeEach, expect, it } from "vitest";
import { Rsa } from "wechatpay-axios-plugin";
import { money } from "#lib/kernel/money";
import type { PayRequest, RefundRequest } from "../channel.ts";
import { wechatpay } from "./adapter.ts";
import type { WechatpayAccount } from "./client.ts";
import { merchantKeys, now, reference, refundReference, testAccount } from "./fixtures/account.ts";
import { FakeProvider } from "./fixtures/provider.ts";
import refunded from "./fixtures/refund-success.json" with { type: "json" };
import paid from "./fixtures/transaction-success.json" with { type: "json" };

const options = { now, requestId: "req_1", timeoutMs: 2000 };
let provider: FakeProvider;
let account: WechatpayAccount;

beforeEach(async () => {
  provider = new FakeProvider();
  account = testAccount(await provider.start());
});
afterEach(() => provider.stop());

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
  returnUrl: "https://pay.example.com/pay/ord_1",
  shopper: { ip: "203.0.113.7", userAgent: "Mozilla/5.0", device: "desktop", locale: "zh-CN" },
};
const refund: RefundRequest = {
  reference,
  refundReference,
  amount: money(8800n, "CNY"),
  refundAmount: money(3000n, "CNY"),
  notifyUrl: "https://pay.example.com/notify/ca_1",
};

it("shows a code to scan, no longer valid than the order", async () => {
  provider.answer(200, { code_url: "weixin://wxpay/bizpayurl?pr=p4lpSuKzz" });
  expect(await wechatpay.pay(account, request, options)).toEqual({
    kind: "pending",
    action: { type: "qr", content: "weixin://wxpay/bizpayurl?pr=p4lpSuKzz", expiresAt: "2026-11-20T10:45:00.000Z" },
  });
  expect(provider.requests[0]?.url).toBe("/v3/pay/transactions/native");
});

it("says that a code lasts two hours when the order lasts longer", async () => {
  provider.answer(200, { code_url: "weixin://x" });
  const outcome = await wechatpay.pay(account, { ...request, expiresAt: new Date("2026-11-21T10:30:00Z") }, options);
  expect(outcome).toMatchObject({ action: { expiresAt: "2026-11-20T12:30:00.000Z" } });
});

it("sends a phone's shopper to the H5 page and back to ours", async () => {
  provider.answer(200, { h5_url: "https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx1&package=2" });
  expect(await wechatpay.pay(account, { ...request, flow: "redirect" }, options)).toEqual({
    kind: "pending",
    action: {
      type: "redirect",
      url: "https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx1&package=2&redirect_url=https%3A%2F%2Fpay.example.com%2Fpay%2Ford_1",
    },
  });
  expect(JSON.parse(provider.requests[0]?.body ?? "")).toMatchObject({ scene_info: { h5_info: { type: "Wap" } } });
});

it("signs the parameters for the wallet around us", async () => {
  provider.answer(200, { prepay_id: "wx201410272009395522657a690389285100" });
  const shopper = { ...request.shopper, walletUserId: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o" };
  const outcome = await wechatpay.pay(account, { ...request, flow: "wallet_sdk", shopper }, options);
  if (outcome.kind !== "pending" || outcome.action?.type !== "wallet_sdk") throw new Error("no wallet action");
  const { timeStamp, nonceStr, paySign, ...rest } = outcome.action.parameters;
  expect(outcome.action.wallet).toBe("wechat_pay");
  expect(rest).toEqual({
    appId: "wx8888888888888888",
    package: "prepay_id=wx201410272009395522657a690389285100",
    signType: "RSA",
  });
  const message = `wx8888888888888888\n${timeStamp}\n${nonceStr}\nprepay_id=wx201410272009395522657a690389285100\n`;
  expect(Rsa.verify(message, paySign ?? "", merchantKeys.publicKey)).toBe(true);
  expect(JSON.parse(provider.requests[0]?.body ?? "").payer).toEqual({ openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o" });
});

it.each([
  ["another currency", { amount: money(8800n, "USD") }],
  ["nothing", { amount: money(0n, "CNY") }],
  ["more than it takes", { amount: money(2_147_483_648n, "CNY") }],
  ["a later capture", { captureMethod: "manual" }],
  ["card fields", { flow: "card_fields" }],
  ["its wallet without the shopper's openid", { flow: "wallet_sdk" }],
] as const)("declines %s without a call", async (_, change) => {
  expect(await wechatpay.pay(account, { ...request, ...change }, options)).toMatchObject({
    kind: "declined",
    reason: "method_unavailable",
  });
  expect(provider.requests).toHaveLength(0);
});

it("does not guess when the answer lacks what the shopper pays by", async () => {
  provider.answer(200, {});
  for (const flow of ["qr", "redirect"] as const) {
    expect(await wechatpay.pay(account, { ...request, flow }, options)).toMatchObject({ kind: "unknown" });
  }
});

it("queries, closes, refunds and queries a refund where the provider has them", async () => {
  const payment = { reference, amount: request.amount };
  provider.answer(200, paid);
  expect((await wechatpay.query(account, payment, options)).kind).toBe("approved");
  provider.answer(204, undefined);
  expect((await wechatpay.close(account, payment, options)).kind).toBe("closed");
  provider.answer(200, refunded);
  expect((await wechatpay.refund(account, refund, options)).kind).toBe("succeeded");
  expect((await wechatpay.queryRefund(account, refund, options)).kind).toBe("succeeded");

  expect(provider.requests.map((sent) => `${sent.method} ${sent.url} ${sent.body}`)).toEqual([
    `GET /v3/pay/transactions/out-trade-no/${reference}?mchid=1900000001 `,
    `POST /v3/pay/transactions/out-trade-no/${reference}/close {"mchid":"1900000001"}`,
    `POST /v3/refund/domestic/refunds {"out_trade_no":"${reference}","out_refund_no":"${refundReference}",` +
      '"notify_url":"https://pay.example.com/notify/ca_1","amount":{"refund":3000,"total":8800,"currency":"CNY"}}',
    `GET /v3/refund/domestic/refunds/${refundReference} `,
  ]);
});

it("offers one way to pay for each place where the shopper can be", () => {
  const offered = wechatpay.capabilities.map(({ flow, devices, walletBrowser }) => ({ flow, devices, walletBrowser }));
  expect(offered).toEqual([
    { flow: "qr", devices: ["desktop", "mobile"], walletBrowser: undefined },
    { flow: "redirect", devices: ["mobile"], walletBrowser: undefined },
    { flow: "wallet_sdk", devices: ["mobile", "desktop"], walletBrowser: "wechat_pay" },
  ]);
});
