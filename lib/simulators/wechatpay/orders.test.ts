import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld, type World } from "./test-merchant.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

let number = 0;
const newNumber = () => `order_${++number}`;
const outcome = (reply: { status: number; json: { code?: string } }) => [reply.status, reply.json?.code];

async function query(outTradeNo: string) {
  const { mchid } = world.merchant.credentials;
  return (await world.merchant.call("GET", `/v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=${mchid}`)).json;
}

async function close(outTradeNo: string) {
  const { mchid } = world.merchant.credentials;
  return world.merchant.call("POST", `/v3/pay/transactions/out-trade-no/${outTradeNo}/close`, { mchid });
}

const pay = (outTradeNo: string) => world.simulator.act(world.merchant.credentials, outTradeNo, { act: "pay" });

function place(product: string, change: Record<string, unknown>) {
  const { appid, mchid } = world.merchant.credentials;
  return world.merchant.call("POST", `/v3/pay/transactions/${product}`, {
    appid,
    mchid,
    description: "两本书",
    out_trade_no: newNumber(),
    notify_url: world.receiver.url,
    amount: { total: 8800, currency: "CNY" },
    ...change,
  });
}

describe("placing", () => {
  it("answers each product in its own way", async () => {
    const native = await place("native", {});
    expect(native.json).toEqual({ code_url: expect.stringMatching(/^weixin:\/\/wxpay\/bizpayurl\?pr=\w+$/) });
    const jsapi = await place("jsapi", { payer: { openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o" } });
    expect(jsapi.json).toEqual({ prepay_id: expect.stringMatching(/^wx20261120120000\w{20}$/) });
    const app = await place("app", {});
    expect(app.json).toEqual({ prepay_id: expect.stringMatching(/^wx/) });
    const scene = { payer_client_ip: "127.0.0.1", h5_info: { type: "Wap" } };
    const h5 = await place("h5", { scene_info: scene });
    expect(h5.json.h5_url).toMatch(/^https:\/\/pay\.test\/sandbox\/wechatpay\/h5\?prepay_id=wx\w+&package=\w+$/);
    expect([native, jsapi, app, h5].every((reply) => reply.isSigned)).toBe(true);
  });

  it.each([
    ["native", { out_trade_no: "short" }, "/body/out_trade_no"],
    ["native", { out_trade_no: "x".repeat(33) }, "/body/out_trade_no"],
    ["native", { out_trade_no: "中文中文中文" }, "/body/out_trade_no"],
    ["native", { description: "长".repeat(128) }, "/body/description"],
    ["native", { description: "" }, "/body/description"],
    ["native", { notify_url: "https://merchant.test/notify?a=1" }, "/body/notify_url"],
    ["native", { notify_url: "merchant.test/notify" }, "/body/notify_url"],
    ["native", { time_expire: "2026-11-20 13:00:00" }, "/body/time_expire"],
    ["native", { amount: { total: 0 } }, "/body/amount/total"],
    ["native", { amount: { total: -1 } }, "/body/amount/total"],
    ["native", { amount: { total: 1.5 } }, "/body/amount/total"],
    ["native", { amount: { total: "88" } }, "/body/amount/total"],
    ["native", { amount: { total: 1, currency: "USD" } }, "/body/amount/currency"],
    ["native", { amount: undefined }, "/body/amount"],
    ["jsapi", { payer: {} }, "/body/payer/openid"],
    ["h5", { scene_info: { payer_client_ip: "127.0.0.1" } }, "/body/scene_info/h5_info"],
  ])("%s refuses %j by naming the field", async (product, change, field) => {
    const reply = await place(product, change);
    expect(outcome(reply)).toEqual([400, "PARAM_ERROR"]);
    expect(reply.json.detail.field).toBe(field);
  });

  it("refuses an appid that is not bound to the merchant, and a body that is not JSON", async () => {
    expect(outcome(await place("native", { appid: "wx0000000000000000" }))).toEqual([400, "APPID_MCHID_NOT_MATCH"]);
    expect(outcome(await place("native", { mchid: "1600000000" }))).toEqual([400, "INVALID_REQUEST"]);
    expect(outcome(await world.merchant.call("POST", "/v3/pay/transactions/native", "{oops"))).toEqual([
      400,
      "PARAM_ERROR",
    ]);
  });

  it("gives the same order again for the same parameters, and refuses the number for others", async () => {
    const no = newNumber();
    const first = await world.merchant.order(no);
    expect((await world.merchant.order(no)).json).toEqual(first.json);
    const other = await world.merchant.order(no, { amount: { total: 8801, currency: "CNY" } });
    expect(outcome(other)).toEqual([400, "INVALID_REQUEST"]);
    expect(other.headers.get("request-id")).toMatch(/-268498688$/);
    expect(outcome(await place("app", { out_trade_no: no }))).toEqual([403, "OUT_TRADE_NO_USED"]);
  });

  it("places one order when the same request races", async () => {
    const no = newNumber();
    const replies = await Promise.all([1, 2, 3, 4].map(() => world.merchant.order(no)));
    expect(new Set(replies.map((reply) => reply.json.code_url)).size).toBe(1);
  });

  it("refuses the number of a paid and of a closed order", async () => {
    const [paid, closed] = [newNumber(), newNumber()];
    await world.merchant.order(paid);
    await pay(paid);
    const again = await world.merchant.order(paid);
    expect([...outcome(again), again.headers.get("request-id")?.split("-")[1]]).toEqual([
      400,
      "ORDERPAID",
      "268449538",
    ]);
    await world.merchant.order(closed);
    await close(closed);
    expect(outcome(await world.merchant.order(closed))).toEqual([400, "ORDER_CLOSED"]);
  });
});

describe("an order's life", () => {
  it("shows the payment on query by either number", async () => {
    const no = newNumber();
    await world.merchant.order(no, { attach: "店铺 3" });
    expect(await query(no)).toMatchObject({ trade_state: "NOTPAY", amount: { total: 8800 } });
    await pay(no);
    const paid = await query(no);
    expect(paid).toMatchObject({
      out_trade_no: no,
      attach: "店铺 3",
      trade_state: "SUCCESS",
      trade_type: "NATIVE",
      success_time: "2026-11-20T12:00:00+08:00",
      amount: { total: 8800, payer_total: 8800, currency: "CNY", payer_currency: "CNY" },
    });
    expect(paid.transaction_id).toMatch(/^4200\d{24}$/);
    const { mchid } = world.merchant.credentials;
    const byId = await world.merchant.call("GET", `/v3/pay/transactions/id/${paid.transaction_id}?mchid=${mchid}`);
    expect(byId.json).toEqual(paid);
  });

  it("closes once, with a signed empty answer, and never after a payment", async () => {
    const [open, paid] = [newNumber(), newNumber()];
    await world.merchant.order(open);
    const closed = await close(open);
    expect([closed.status, closed.bytes.length, closed.isSigned]).toEqual([204, 0, true]);
    expect(await query(open)).toMatchObject({ trade_state: "CLOSED" });
    expect(outcome(await close(open))).toEqual([400, "ORDER_CLOSED"]);
    await expect(pay(open)).rejects.toThrow("closed");
    await world.merchant.order(paid);
    await pay(paid);
    expect(outcome(await close(paid))).toEqual([400, "ORDERPAID"]);
    expect(outcome(await close("absent_1"))).toEqual([404, "ORDER_NOT_EXIST"]);
  });

  it("can be paid until time_expire, and is closed by the provider after seven days", async () => {
    const no = newNumber();
    await world.merchant.order(no, { time_expire: "2026-11-20T12:15:00+08:00" });
    world.clock.set("2026-11-20T04:15:00Z");
    await expect(pay(no)).rejects.toThrow("expired");
    expect(await query(no)).toMatchObject({ trade_state: "NOTPAY" });
    expect(outcome(await world.merchant.order(no, { time_expire: "2026-11-20T12:15:00+08:00" }))).toEqual([
      400,
      "INVALID_REQUEST",
    ]);
    world.clock.set("2026-11-27T04:00:00Z");
    expect(await query(no)).toMatchObject({ trade_state: "CLOSED" });
    world.clock.set("2026-11-20T04:00:00Z");
  });

  it("renews a code that has become two hours old when the order is placed again", async () => {
    const no = newNumber();
    await world.merchant.order(no);
    world.clock.advance(2 * 3_600_000);
    await expect(pay(no)).rejects.toThrow("expired");
    await world.merchant.order(no);
    expect((await pay(no)).status).toBe("SUCCESS");
    world.clock.set("2026-11-20T04:00:00Z");
  });

  it("says in the query why a payment failed, and lets the shopper try again", async () => {
    const no = newNumber();
    await world.merchant.order(no);
    const { credentials } = world.merchant;
    await world.simulator.act(credentials, no, { act: "fail", reason: "insufficient_funds" });
    expect(await query(no)).toMatchObject({ trade_state: "NOTPAY", trade_state_desc: "支付失败，账户余额不足" });
    expect((await pay(no)).status).toBe("SUCCESS");
  });

  it("pays slowly, unless the order is closed in the meantime", async () => {
    const [slow, late] = [newNumber(), newNumber()];
    const { credentials } = world.merchant;
    for (const no of [slow, late]) {
      await world.merchant.order(no);
      await world.simulator.act(credentials, no, { act: "pay", afterMs: 5000 });
    }
    await close(late);
    world.clock.advance(4999);
    await world.simulator.runDue();
    expect(await query(slow)).toMatchObject({ trade_state: "NOTPAY" });
    world.clock.advance(1);
    await world.simulator.runDue();
    expect(await query(slow)).toMatchObject({ trade_state: "SUCCESS" });
    expect(await query(late)).toMatchObject({ trade_state: "CLOSED" });
  });

  it("takes the money once when shoppers race", async () => {
    const no = newNumber();
    await world.merchant.order(no);
    const results = await Promise.allSettled([1, 2, 3].map(() => pay(no)));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    const { credentials } = world.merchant;
    expect((await world.simulator.payment(credentials, no))?.notificationsDue).toBe(1);
  });
});
