import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing/database";
import { openShop, type Shop } from "./testing/shop.ts";

let database: TestDatabase;
let shop: Shop;

beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  shop = await openShop(database);
  await shop.call("alipay.trade.precreate", shop.order("paid"));
  await shop.simulator.act(shop.credentials, "paid", { act: "pay" });
});
afterAll(() => database.drop());

const refund = (refund_amount: string, out_request_no?: string, more: Record<string, unknown> = {}) =>
  shop.call("alipay.trade.refund", { out_trade_no: "paid", refund_amount, out_request_no, ...more });
const query = (out_request_no: string, more: Record<string, unknown> = {}) =>
  shop.call("alipay.trade.fastpay.refund.query", { out_trade_no: "paid", out_request_no, ...more });
const trade = () => shop.call("alipay.trade.query", { out_trade_no: "paid" });

describe("alipay.trade.refund", () => {
  it("gives back a part, says so far how much in all, and closes the trade with the last part", async () => {
    const first = await refund("30.00", "r1");
    expect(first).toMatchObject({ code: "10000", fund_change: "Y", refund_fee: "30.00", send_back_fee: "30.00" });
    expect(await trade()).toMatchObject({ trade_status: "TRADE_SUCCESS" });
    const second = await refund("58.80", "r2");
    expect(second).toMatchObject({ fund_change: "Y", refund_fee: "88.80", send_back_fee: "58.80" });
    expect(await trade()).toMatchObject({ trade_status: "TRADE_CLOSED", total_amount: "88.80" });
  });

  it("moves nothing when the same request comes again, also after the trade closed", async () => {
    await refund("88.80", "r1");
    const again = await refund("88.80", "r1");
    expect(again).toMatchObject({ code: "10000", fund_change: "N", refund_fee: "88.80", send_back_fee: "0.00" });
  });

  it("refuses the same request number with another amount", async () => {
    await refund("30.00", "r1");
    expect(await refund("31.00", "r1")).toMatchObject({ code: "40004", sub_code: "ACQ.DISCORDANT_REPEAT_REQUEST" });
  });

  it("refuses a fen too much, whole or after a part", async () => {
    expect(await refund("88.81", "r1")).toMatchObject({ sub_code: "ACQ.REASON_TRADE_REFUND_FEE_ERR" });
    await refund("88.79", "r2");
    expect(await refund("0.02", "r3")).toMatchObject({ sub_code: "ACQ.REASON_TRADE_REFUND_FEE_ERR" });
    expect(await refund("0.01", "r4")).toMatchObject({ fund_change: "Y", refund_fee: "88.80" });
  });

  it("never refunds more than was paid, even when two refunds race", async () => {
    const answers = await Promise.all([refund("50.00", "r1"), refund("50.00", "r2")]);
    expect(answers.map((answer) => answer.code).sort()).toEqual(["10000", "40004"]);
    const payment = await shop.simulator.payment(shop.credentials, "paid");
    expect(payment?.refunds).toEqual([{ reference: expect.any(String), status: "REFUND_SUCCESS", amount: 5000 }]);
  });

  it("moves the money once when the same request races with itself", async () => {
    const answers = await Promise.all([1, 2, 3].map(() => refund("50.00", "r1")));
    expect(answers.map((answer) => answer.fund_change).sort()).toEqual(["N", "N", "Y"]);
  });

  it("needs a request number for a part, and takes out_trade_no for the whole", async () => {
    expect(await refund("1.00")).toMatchObject({ sub_code: "ACQ.INVALID_PARAMETER" });
    expect(await refund("88.80")).toMatchObject({ fund_change: "Y" });
    expect(await query("paid")).toMatchObject({ refund_status: "REFUND_SUCCESS" });
  });

  it("refuses what is not paid, unknown, or finished", async () => {
    await shop.call("alipay.trade.precreate", shop.order("unpaid"));
    const unpaid = { out_trade_no: "unpaid", refund_amount: "1.00", out_request_no: "r1" };
    expect(await shop.call("alipay.trade.refund", unpaid)).toMatchObject({ sub_code: "ACQ.TRADE_NOT_EXIST" });
    await shop.simulator.act(shop.credentials, "unpaid", { act: "cancel" });
    expect(await shop.call("alipay.trade.refund", unpaid)).toMatchObject({ sub_code: "ACQ.TRADE_STATUS_ERROR" });
    shop.clock.advance(366 * 24 * 3_600_000);
    expect(await refund("1.00", "r1")).toMatchObject({ sub_code: "ACQ.TRADE_HAS_FINISHED" });
  });

  it.each(["0", "-1.00", "1.001", "one"])("refuses %s as an amount", async (amount) => {
    expect(await refund(amount, "r1")).toMatchObject({ sub_code: "ACQ.INVALID_PARAMETER" });
  });
});

describe("alipay.trade.fastpay.refund.query", () => {
  it("tells of a refund that succeeded, with its own amount and the trade's", async () => {
    await refund("30.00", "r1", { refund_reason: "too bitter" });
    await refund("1.00", "r2");
    expect(await query("r1")).toEqual({
      code: "10000",
      msg: "Success",
      out_request_no: "r1",
      out_trade_no: "paid",
      refund_amount: "30.00",
      refund_reason: "too bitter",
      refund_status: "REFUND_SUCCESS",
      total_amount: "88.80",
      trade_no: (await trade()).trade_no,
    });
    expect(await query("r1", { query_options: ["gmt_refund_pay"] })).toMatchObject({
      gmt_refund_pay: "2026-11-20 10:00:00",
    });
  });

  it("answers success and nothing else for a refund that never was", async () => {
    expect(await query("nothing")).toEqual({ code: "10000", msg: "Success" });
  });
});

describe("refunds that go wrong", () => {
  it("fail for want of balance, and go through with the same number afterwards", async () => {
    await shop.simulator.setFaults(shop.credentials, [{ kind: "fail_refund", reference: "r1" }]);
    expect(await refund("1.00", "r0")).toMatchObject({ fund_change: "Y" });
    expect(await refund("2.00", "r1")).toMatchObject({ code: "40004", sub_code: "ACQ.SELLER_BALANCE_NOT_ENOUGH" });
    expect(await query("r1")).toEqual({ code: "10000", msg: "Success" });
    expect(await refund("2.00", "r1")).toMatchObject({ fund_change: "Y", refund_fee: "3.00" });
  });

  it("take their time: no money at first, then it is there, counted against the rest all along", async () => {
    await shop.simulator.setFaults(shop.credentials, [{ kind: "slow_refund", delayMs: 60_000 }]);
    expect(await refund("80.00", "r1")).toMatchObject({ code: "10000", fund_change: "N", refund_fee: "0.00" });
    expect(await refund("80.00", "r1")).toMatchObject({ fund_change: "N", refund_fee: "0.00" });
    expect(await query("r1")).toEqual({ code: "10000", msg: "Success" });
    expect(await refund("8.81", "r2")).toMatchObject({ sub_code: "ACQ.REASON_TRADE_REFUND_FEE_ERR" });
    shop.clock.advance(60_000);
    expect(await shop.simulator.runDue()).toBe(1);
    expect(await query("r1")).toMatchObject({ refund_status: "REFUND_SUCCESS", refund_amount: "80.00" });
    expect(await refund("80.00", "r1")).toMatchObject({ fund_change: "N", refund_fee: "80.00" });
    expect(await shop.simulator.runDue()).toBe(0);
  });
});
