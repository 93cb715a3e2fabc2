import { createSign } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openWorld, type World } from "./test-merchant.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

let number = 0;

async function codeOfNewOrder(change: Record<string, unknown> = {}): Promise<{ no: string; code: string }> {
  const no = `shopper_${++number}`;
  const { json } = await world.merchant.order(no, change);
  return { no, code: json.code_url };
}

async function look(code: string, entry = "scan") {
  const query = new URLSearchParams({ code, entry });
  const response = await world.simulator.app.request(`/shopper/payment?${query}`);
  return { status: response.status, body: await response.json() };
}

async function post(path: string, body: unknown) {
  const response = await world.simulator.app.request(`/shopper/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

it("shows what a scanned code asks for, and takes the payment", async () => {
  const { no, code } = await codeOfNewOrder();
  expect((await look(code)).body).toEqual({
    code: code.split("pr=")[1],
    payee: "山海书店",
    description: "两本书",
    amount: 8800,
    currency: "CNY",
    state: "payable",
    failure: null,
    transaction_id: null,
  });
  const paid = await post("act", { code, act: "pay" });
  expect(paid.body).toMatchObject({ state: "paid", transaction_id: expect.stringMatching(/^4200/) });
  expect((await world.simulator.payment(world.merchant.credentials, no))?.status).toBe("SUCCESS");
});

it("lets the shopper pay slowly, cancel, fail with a reason, and try again", async () => {
  const { code } = await codeOfNewOrder();
  expect((await post("act", { code, act: "pay", afterMs: 5000 })).body.state).toBe("paying");
  expect((await post("act", { code, act: "cancel" })).body.state).toBe("payable");
  const failed = await post("act", { code, act: "fail", reason: "limit_exceeded" });
  expect(failed.body).toMatchObject({ state: "payable", failure: "支付失败，超出银行卡支付限额" });
  expect((await post("act", { code, act: "pay" })).body.state).toBe("paid");
});

it("changes nothing any more once the time is over", async () => {
  const { no, code } = await codeOfNewOrder({ time_expire: "2026-11-20T12:01:00+08:00" });
  world.clock.advance(60_000);
  expect((await look(code)).body.state).toBe("expired");
  expect((await post("act", { code, act: "pay" })).body.state).toBe("expired");
  expect((await world.simulator.payment(world.merchant.credentials, no))?.status).toBe("NOTPAY");
});

it("opens an H5 link for five minutes only", async () => {
  const { code } = await codeOfNewOrder();
  world.clock.advance(5 * 60_000);
  expect((await look(code, "h5")).body.state).toBe("expired");
  expect((await look(code)).body.state).toBe("payable");
});

it("knows no code that it did not give out, and no act that is not the shopper's", async () => {
  expect(await look("weixin://wxpay/bizpayurl?pr=unknown")).toEqual({ status: 404, body: { error: "unknown_code" } });
  const { code } = await codeOfNewOrder();
  expect((await post("act", { code, act: "steal" })).status).toBe(400);
  expect((await post("act", { code, act: "pay", afterMs: -1 })).status).toBe(400);
});

it("opens the cashier only for parameters that the merchant signed", async () => {
  const { credentials } = world.merchant;
  const { json } = await world.merchant.call("POST", "/v3/pay/transactions/jsapi", {
    appid: credentials.appid,
    mchid: credentials.mchid,
    description: "两本书",
    out_trade_no: "jsapi_1",
    notify_url: world.receiver.url,
    amount: { total: 1 },
    payer: { openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o" },
  });
  const parameters = {
    appId: credentials.appid,
    timeStamp: "1795147200",
    nonceStr: "5K8264ILTKCH16CQ2502SI8ZNMTM67VS",
    package: `prepay_id=${json.prepay_id}`,
    signType: "RSA",
  };
  const message = `${parameters.appId}\n${parameters.timeStamp}\n${parameters.nonceStr}\n${parameters.package}\n`;
  const paySign = createSign("RSA-SHA256")
    .update(message)
    .sign(credentials.private_key ?? "", "base64");
  expect(await post("cashier", { ...parameters, paySign })).toEqual({ status: 200, body: { code: json.prepay_id } });
  const tampered = { ...parameters, timeStamp: "1795147201", paySign };
  expect(await post("cashier", tampered)).toEqual({ status: 400, body: { error: "bad_signature" } });
});
