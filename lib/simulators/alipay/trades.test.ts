import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing/database";
import { openShop, type Shop, signedFields } from "./testing/shop.ts";

let database: TestDatabase;
let shop: Shop;

beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  shop = await openShop(database);
});
afterAll(() => database.drop());

const query = (out_trade_no: string) => shop.call("alipay.trade.query", { out_trade_no });
const precreate = (number: string, more: Record<string, unknown> = {}) =>
  shop.call("alipay.trade.precreate", shop.order(number, more));
const act = (number: string, how: Parameters<Shop["simulator"]["act"]>[2]) =>
  shop.simulator.act(shop.credentials, number, how);

async function scan(code: string): Promise<void> {
  expect((await shop.postJson("/shopper/open", { code })).status).toBe(200);
}

describe("a code to scan", () => {
  it("is no trade before it is scanned, waits then, and is paid once the shopper pays", async () => {
    const { qr_code = "" } = await precreate("o1", { store_id: "S1", passback_params: "a%3D1" });
    expect(await query("o1")).toEqual({
      code: "40004",
      msg: "Business Failed",
      sub_code: "ACQ.TRADE_NOT_EXIST",
      sub_msg: "交易不存在",
    });

    await scan(qr_code);
    const waiting = await query("o1");
    expect(waiting).toMatchObject({ code: "10000", trade_status: "WAIT_BUYER_PAY", total_amount: "88.80" });
    expect(waiting).toMatchObject({ buyer_pay_amount: "0.00", receipt_amount: "0.00" });
    expect(waiting).not.toHaveProperty("send_pay_date");

    shop.clock.advance(61_000);
    await act("o1", { act: "pay" });
    const paid = await query("o1");
    expect(paid).toMatchObject({
      trade_status: "TRADE_SUCCESS",
      trade_no: waiting.trade_no,
      total_amount: "88.80",
      receipt_amount: "88.80",
      buyer_pay_amount: "88.80",
      send_pay_date: "2026-11-20 10:01:01",
      fund_bill_list: [{ amount: "88.80", fund_channel: "ALIPAYACCOUNT" }],
      passback_params: "a%3D1",
      store_id: "S1",
    });
    expect(paid.trade_no).toMatch(/^20261120\d{20}$/);
    expect(await shop.call("alipay.trade.query", { trade_no: paid.trade_no })).toMatchObject({ out_trade_no: "o1" });
  });

  it("leads to the same code when it is asked for again, and to a refusal when the amount differs", async () => {
    const first = await precreate("o2");
    expect(await precreate("o2")).toEqual(first);
    expect(await precreate("o2", { total_amount: "88.81" })).toMatchObject({ sub_code: "ACQ.CONTEXT_INCONSISTENT" });
    expect(await precreate("o2", { subject: "Sencha" })).toMatchObject({ sub_code: "ACQ.CONTEXT_INCONSISTENT" });
  });

  it("takes only one of two at the same moment", async () => {
    const answers = await Promise.all(["1.00", "2.00"].map((total_amount) => precreate("o3", { total_amount })));
    expect(answers.map((answer) => answer.code).sort()).toEqual(["10000", "40004"]);
  });

  it("refuses a number that was paid or closed", async () => {
    await precreate("o4");
    await act("o4", { act: "pay" });
    expect(await precreate("o4")).toMatchObject({ sub_code: "ACQ.TRADE_HAS_SUCCESS" });
    await precreate("o5");
    await act("o5", { act: "cancel" });
    await shop.call("alipay.trade.close", { out_trade_no: "o5" });
    expect(await precreate("o5")).toMatchObject({ sub_code: "ACQ.TRADE_HAS_CLOSE" });
  });

  it("can't be opened two hours later, nor after qr_code_timeout_express", async () => {
    await precreate("o6");
    await precreate("o7", { qr_code_timeout_express: "5m" });
    shop.clock.advance(5 * 60_000);
    expect(await act("o7", { act: "pay" })).toMatchObject({ status: "PREPARED" });
    shop.clock.advance(115 * 60_000);
    expect(await act("o6", { act: "pay" })).toMatchObject({ status: "PREPARED" });
    expect(await query("o6")).toMatchObject({ sub_code: "ACQ.TRADE_NOT_EXIST" });
  });

  it("pays once, however often the shopper confirms at the same moment", async () => {
    await shop.call("alipay.trade.precreate", shop.order("o8"), { notify_url: "https://shop.example/n" });
    await Promise.all([1, 2, 3, 4].map(() => act("o8", { act: "pay" })));
    const payment = await shop.simulator.payment(shop.credentials, "o8");
    expect(payment).toMatchObject({ status: "TRADE_SUCCESS", amount: 8880, notificationsDue: 1 });
  });

  it("goes on waiting after the shopper cancelled or failed, and can still be paid", async () => {
    await precreate("o9");
    expect(await act("o9", { act: "cancel" })).toMatchObject({ status: "WAIT_BUYER_PAY", notificationsDue: 0 });
    expect(await act("o9", { act: "fail", reason: "insufficient_funds" })).toMatchObject({ status: "WAIT_BUYER_PAY" });
    expect(await act("o9", { act: "pay" })).toMatchObject({ status: "TRADE_SUCCESS" });
  });

  it("belongs to its app alone", async () => {
    await precreate("mine");
    await act("mine", { act: "pay" });
    const { trade_no } = await query("mine");
    const other = await openShop(database);
    expect(await other.call("alipay.trade.query", { out_trade_no: "mine" })).toMatchObject({
      sub_code: "ACQ.TRADE_NOT_EXIST",
    });
    expect(await other.call("alipay.trade.query", { trade_no })).toMatchObject({ sub_code: "ACQ.TRADE_NOT_EXIST" });
  });
});

describe("time", () => {
  it.each([
    ["timeout_express from the scan on", { timeout_express: "30m" }, 30 * 60_000],
    ["time_expire at that moment", { time_expire: "2026-11-20 10:20:00" }, 20 * 60_000],
    ["the earlier of the two", { time_expire: "2026-11-20 10:20:00", timeout_express: "1h" }, 20 * 60_000],
    ["1c at the end of the Beijing day", { timeout_express: "1c" }, 14 * 3_600_000],
    ["15 days when nothing is said", {}, 15 * 24 * 3_600_000],
  ])("closes by %s, without a payment afterwards", async (_, more, afterMs) => {
    const { qr_code = "" } = await precreate("t1", more);
    await scan(qr_code);
    shop.clock.advance(afterMs - 1);
    expect(await query("t1")).toMatchObject({ trade_status: "WAIT_BUYER_PAY" });
    shop.clock.advance(1);
    expect(await query("t1")).toMatchObject({ trade_status: "TRADE_CLOSED" });
    expect(await act("t1", { act: "pay" })).toMatchObject({ status: "TRADE_CLOSED" });
  });

  it("finishes a slow payment when it is due, and not before", async () => {
    await precreate("t2");
    await act("t2", { act: "pay", afterMs: 5_000 });
    await shop.simulator.runDue();
    expect(await query("t2")).toMatchObject({ trade_status: "WAIT_BUYER_PAY" });
    shop.clock.advance(5_000);
    expect(await shop.simulator.runDue()).toBe(1);
    expect(await query("t2")).toMatchObject({ trade_status: "TRADE_SUCCESS", send_pay_date: "2026-11-20 10:00:05" });
  });

  it("does not pay a slow payment that was closed meanwhile", async () => {
    await precreate("t3");
    await act("t3", { act: "pay", afterMs: 5_000 });
    await shop.call("alipay.trade.close", { out_trade_no: "t3" });
    shop.clock.advance(5_000);
    await shop.simulator.runDue();
    expect(await query("t3")).toMatchObject({ trade_status: "TRADE_CLOSED" });
  });

  it("is finished a year after the payment", async () => {
    await precreate("t4");
    await act("t4", { act: "pay" });
    shop.clock.advance(365 * 24 * 3_600_000);
    expect(await query("t4")).toMatchObject({ trade_status: "TRADE_FINISHED" });
  });
});

describe("close and cancel", () => {
  const close = (out_trade_no: string) => shop.call("alipay.trade.close", { out_trade_no });
  const cancel = (out_trade_no: string) => shop.call("alipay.trade.cancel", { out_trade_no });

  it("closes what waits, and nothing else", async () => {
    const { qr_code = "" } = await precreate("c1");
    expect(await close("c1")).toMatchObject({ sub_code: "ACQ.TRADE_NOT_EXIST" });
    await scan(qr_code);
    expect(await close("c1")).toMatchObject({ code: "10000", out_trade_no: "c1" });
    expect(await close("c1")).toMatchObject({ sub_code: "ACQ.TRADE_STATUS_ERROR" });
    await precreate("c2");
    await act("c2", { act: "pay" });
    expect(await close("c2")).toMatchObject({ sub_code: "ACQ.TRADE_STATUS_ERROR" });
  });

  it("leaves a code payable whose close found no trade", async () => {
    await precreate("c3");
    await close("c3");
    expect(await act("c3", { act: "pay" })).toMatchObject({ status: "TRADE_SUCCESS" });
  });

  it("cancels an unopened code for good", async () => {
    await precreate("c4");
    expect(await cancel("c4")).toEqual({ code: "10000", msg: "Success", out_trade_no: "c4", retry_flag: "N" });
    expect(await act("c4", { act: "pay" })).toMatchObject({ status: "CALLED_OFF" });
    expect(await query("c4")).toMatchObject({ sub_code: "ACQ.TRADE_NOT_EXIST" });
  });

  it("cancels what waits by closing and what is paid by refunding, the same again when repeated", async () => {
    await precreate("c5");
    await act("c5", { act: "cancel" });
    for (const _ of [1, 2]) expect(await cancel("c5")).toMatchObject({ code: "10000", action: "close" });
    await precreate("c6");
    await act("c6", { act: "pay" });
    for (const _ of [1, 2])
      expect(await cancel("c6")).toMatchObject({ code: "10000", action: "refund", retry_flag: "N" });
    expect(await query("c6")).toMatchObject({ trade_status: "TRADE_CLOSED" });
  });

  it("does not cancel yesterday's payment", async () => {
    await precreate("c7");
    await act("c7", { act: "pay" });
    shop.clock.advance(24 * 3_600_000);
    expect(await cancel("c7")).toMatchObject({ sub_code: "ACQ.TRADE_CANCEL_TIME_OUT" });
  });

  it("wants to know which trade", async () => {
    expect(await shop.call("alipay.trade.close", {})).toMatchObject({ sub_code: "ACQ.INVALID_PARAMETER" });
  });
});

describe("JSAPI", () => {
  it("creates a trade that waits at once", async () => {
    const content = shop.order("j1", { product_code: "JSAPI_PAY", op_app_id: "2021000000000001", buyer_open_id: "o" });
    const { trade_no } = await shop.call("alipay.trade.create", content);
    expect(trade_no).toMatch(/^\d{28}$/);
    expect(await query("j1")).toMatchObject({ trade_status: "WAIT_BUYER_PAY", trade_no });
    const opened = await shop.postJson("/shopper/open", { code: trade_no });
    expect(await opened.json()).toMatchObject({ out_trade_no: "j1", payee: "Moonlight Tea" });
  });

  it("wants the buyer", async () => {
    const answer = await shop.call("alipay.trade.create", shop.order("j2"));
    expect(answer.sub_code).toBe("ACQ.INVALID_PARAMETER");
  });
});

describe("page and wap pay", () => {
  const more = { return_url: "https://shop.example/back?order=7", notify_url: "https://shop.example/n" };

  async function land(method: string, product_code: string, how: "GET" | "POST", number: string): Promise<Response> {
    const fields = signedFields(shop.credentials, method, shop.order(number, { product_code }), more);
    const encoded = new URLSearchParams(fields);
    return how === "GET"
      ? shop.simulator.app.request(`/gateway.do?${encoded}`)
      : shop.simulator.app.request("/gateway.do", { method: "POST", body: encoded });
  }

  it.each([
    ["alipay.trade.page.pay", "FAST_INSTANT_TRADE_PAY", "GET", "w1"],
    ["alipay.trade.wap.pay", "QUICK_WAP_WAY", "POST", "w2"],
  ] as const)(
    "%s sends the browser to the cashier, where the trade comes to be",
    async (method, product, how, number) => {
      const response = await land(method, product, how, number);
      expect(response.status).toBe(302);
      const target = new URL(response.headers.get("location") ?? "");
      expect(target.origin + target.pathname).toBe("https://pay.example/sandbox/alipay/cashier");
      expect(await query(number)).toMatchObject({ sub_code: "ACQ.TRADE_NOT_EXIST" });

      const code = target.searchParams.get("code");
      await scan(code ?? "");
      expect(await query(number)).toMatchObject({ trade_status: "WAIT_BUYER_PAY" });
      const paid = await (await shop.postJson("/shopper/act", { code, act: { act: "pay" } })).json();
      expect(paid).toMatchObject({ status: "TRADE_SUCCESS", amount: "88.80" });
      expect(paid.return_url).toContain("https://shop.example/back?order=7&charset=utf-8");
      expect(new URL(paid.return_url).searchParams.get("method")).toBe(`${method}.return`);
    },
  );

  it("shows a page instead when the signature is wrong, with what came from outside escaped", async () => {
    const fields = signedFields(shop.credentials, "alipay.trade.page.pay", shop.order("w3"));
    fields.biz_content = "<script>alert(1)</script>";
    const response = await shop.simulator.app.request(`/gateway.do?${new URLSearchParams(fields)}`);
    const page = await response.text();
    expect(response.headers.get("content-type")).toContain("text/html");
    expect(page).toContain("isv.invalid-signature");
    expect(page).not.toContain("<script>");
    expect(await shop.simulator.payment(shop.credentials, "w3")).toBeUndefined();
  });

  it("shows a page when the order is paid already", async () => {
    await land("alipay.trade.page.pay", "FAST_INSTANT_TRADE_PAY", "GET", "w4");
    await act("w4", { act: "pay" });
    const again = await land("alipay.trade.page.pay", "FAST_INSTANT_TRADE_PAY", "GET", "w4");
    expect(await again.text()).toContain("ACQ.TRADE_HAS_SUCCESS");
  });

  it("wants the product of that way to pay", async () => {
    const response = await land("alipay.trade.page.pay", "", "GET", "w5");
    expect(await response.text()).toContain("ACQ.INVALID_PARAMETER");
  });
});

describe("the wallet's endpoints", () => {
  it("know nothing of an unknown code and refuse what is no JSON", async () => {
    expect((await shop.postJson("/shopper/open", { code: "bax0" })).status).toBe(404);
    expect((await shop.simulator.app.request("/shopper/trade?code=bax0")).status).toBe(404);
    const form = await shop.simulator.app.request("/shopper/act", { method: "POST", body: new URLSearchParams() });
    expect(form.status).toBe(400);
  });

  it("say why the last try failed and that a slow payment is on its way", async () => {
    const { qr_code: code = "" } = await precreate("s1");
    const failed = await shop.postJson("/shopper/act", { code, act: { act: "fail", reason: "insufficient_funds" } });
    expect(await failed.json()).toMatchObject({ failure_code: "ACQ.BUYER_BALANCE_NOT_ENOUGH", is_paying: false });
    const slow = await shop.postJson("/shopper/act", { code, act: { act: "pay", afterMs: 5_000 } });
    expect(await slow.json()).toMatchObject({ status: "WAIT_BUYER_PAY", failure_code: null, is_paying: true });
  });
});
