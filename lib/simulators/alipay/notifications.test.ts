import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing/database";
import {
  isSignedBy,
  openReceiver,
  openShop,
  type Received,
  type Receiver,
  type Shop,
  signedFields,
  textToSign,
} from "./testing/shop.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

let database: TestDatabase;
let shop: Shop;
let receiver: Receiver;

beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  shop = await openShop(database);
  receiver = await openReceiver();
});
afterEach(() => receiver.close());
afterAll(() => database.drop());

function isGenuine(message: Received | undefined): boolean {
  const { sign = "", ...fields } = message?.fields ?? {};
  return isSignedBy(shop.credentials.alipay_public_key ?? "", textToSign(fields, "sign_type"), sign);
}

async function payByCode(number: string, more: Record<string, unknown> = {}): Promise<void> {
  await shop.call("alipay.trade.precreate", shop.order(number, more), { notify_url: receiver.url });
  await shop.simulator.act(shop.credentials, number, { act: "pay" });
}

async function payOnPage(number: string): Promise<void> {
  const content = shop.order(number, { product_code: "FAST_INSTANT_TRADE_PAY" });
  const fields = signedFields(shop.credentials, "alipay.trade.page.pay", content, { notify_url: receiver.url });
  await shop.simulator.app.request(`/gateway.do?${new URLSearchParams(fields)}`);
  await shop.simulator.act(shop.credentials, number, { act: "pay" });
}

const refund = (out_trade_no: string, refund_amount: string, out_request_no: string) =>
  shop.call("alipay.trade.refund", { out_trade_no, refund_amount, out_request_no });

describe("a notification", () => {
  it("tells of the payment as a signed form, once it is accepted never again", async () => {
    await payByCode("n1", { passback_params: "a%3D1%26b%3D100%25", body: "loose leaf" });
    expect(await shop.simulator.runDue()).toBe(1);
    const [message] = receiver.received;
    expect(message?.contentType).toBe("application/x-www-form-urlencoded; charset=utf-8");
    expect(message?.fields).toMatchObject({
      notify_type: "trade_status_sync",
      notify_time: "2026-11-20 10:00:00",
      app_id: shop.credentials.app_id,
      auth_app_id: shop.credentials.app_id,
      seller_id: shop.credentials.seller_id,
      charset: "utf-8",
      version: "1.0",
      sign_type: "RSA2",
      out_trade_no: "n1",
      trade_status: "TRADE_SUCCESS",
      total_amount: "88.80",
      receipt_amount: "88.80",
      buyer_pay_amount: "88.80",
      subject: "Oolong / 乌龙茶",
      body: "loose leaf",
      passback_params: "a%3D1%26b%3D100%25",
      gmt_create: "2026-11-20 10:00:00",
      gmt_payment: "2026-11-20 10:00:00",
      fund_bill_list: '[{"amount":"88.80","fundChannel":"ALIPAYACCOUNT"}]',
    });
    expect(message?.fields).not.toHaveProperty("refund_fee");
    expect(isGenuine(message)).toBe(true);

    shop.clock.advance(30 * hourMs);
    expect(await shop.simulator.runDue()).toBe(0);
    expect(receiver.received).toHaveLength(1);
  });

  it("comes eight times on the published schedule, with one notify_id, and is given up then", async () => {
    receiver.answers.push(...Array.from({ length: 9 }, () => ({ status: 500, body: "" })));
    await payByCode("n2");
    await shop.simulator.runDue();
    for (const waitMs of [4, 10, 10, 60, 120, 360, 900].map((minutes) => minutes * minuteMs)) {
      shop.clock.advance(waitMs - 1);
      expect(await shop.simulator.runDue()).toBe(0);
      shop.clock.advance(1);
      expect(await shop.simulator.runDue()).toBe(1);
    }
    shop.clock.advance(100 * hourMs);
    expect(await shop.simulator.runDue()).toBe(0);
    expect(receiver.received).toHaveLength(8);
    expect(new Set(receiver.received.map((message) => message.fields.notify_id)).size).toBe(1);
    expect(new Set(receiver.received.map((message) => message.fields.notify_time)).size).toBe(8);
    expect(receiver.received.every(isGenuine)).toBe(true);
  });

  it.each([
    ["SUCCESS in capitals", 200, "SUCCESS"],
    ["a line break after it", 200, "success\n"],
    ["a page around it", 200, "<html>success</html>"],
    ["a redirect", 302, "success"],
    ["success with status 201", 201, "success"],
    ["fail", 200, "fail"],
  ])("is not accepted by %s", async (_, status, body) => {
    receiver.answers.push({ status, body });
    await payByCode("n3");
    await shop.simulator.runDue();
    shop.clock.advance(4 * minuteMs);
    expect(await shop.simulator.runDue()).toBe(1);
    expect(receiver.received).toHaveLength(2);
  });

  it("is tried again when nobody listens", async () => {
    await receiver.close();
    await payByCode("n4");
    await shop.simulator.runDue();
    expect(await shop.simulator.payment(shop.credentials, "n4")).toMatchObject({
      notificationsSent: 1,
      notificationsDue: 1,
    });
    receiver = await openReceiver();
  });

  it("goes out once although two processes look at the same time", async () => {
    await payByCode("n5");
    const handled = await Promise.all([shop.simulator.runDue(), shop.simulator.runDue(), shop.simulator.runDue()]);
    expect(handled.reduce((sum, count) => sum + count)).toBe(1);
    expect(receiver.received).toHaveLength(1);
  });

  it("is not sent without a notify_url", async () => {
    await shop.call("alipay.trade.precreate", shop.order("n6"));
    await shop.simulator.act(shop.credentials, "n6", { act: "pay" });
    expect(await shop.simulator.runDue()).toBe(0);
  });
});

describe("refunds", () => {
  it("of a page trade are told with the sum so far, the last one as TRADE_CLOSED", async () => {
    await payOnPage("f1");
    await shop.simulator.runDue();
    await refund("f1", "30.00", "r1");
    await shop.simulator.runDue();
    shop.clock.advance(1_234);
    await refund("f1", "58.80", "r2");
    await shop.simulator.runDue();
    const [paid, part, rest] = receiver.received;
    expect(part?.fields).toMatchObject({
      trade_status: "TRADE_SUCCESS",
      out_biz_no: "r1",
      refund_fee: "30.00",
      gmt_refund: "2026-11-20 10:00:00.000",
      total_amount: "88.80",
      gmt_payment: paid?.fields.gmt_payment,
    });
    expect(part?.fields).not.toHaveProperty("gmt_close");
    expect(rest?.fields).toMatchObject({
      trade_status: "TRADE_CLOSED",
      out_biz_no: "r2",
      refund_fee: "88.80",
      gmt_refund: "2026-11-20 10:00:01.234",
      gmt_close: "2026-11-20 10:00:01",
    });
    expect(receiver.received.every(isGenuine)).toBe(true);
    expect(new Set(receiver.received.map((message) => message.fields.notify_id)).size).toBe(3);
  });

  it("of a scanned code are not told", async () => {
    await payByCode("f2");
    await shop.simulator.runDue();
    await refund("f2", "88.80", "r1");
    expect(await shop.simulator.runDue()).toBe(0);
  });

  it("that take their time are told when they succeed", async () => {
    await payOnPage("f3");
    await shop.simulator.runDue();
    await shop.simulator.setFaults(shop.credentials, [{ kind: "slow_refund", delayMs: 1_000 }]);
    await refund("f3", "1.00", "r1");
    expect(await shop.simulator.runDue()).toBe(0);
    shop.clock.advance(1_000);
    await shop.simulator.runDue();
    expect(receiver.received[1]?.fields).toMatchObject({ refund_fee: "1.00", gmt_refund: "2026-11-20 10:00:01.000" });
  });
});

describe("notifications that go wrong", () => {
  const paidNumbers = () => receiver.received.map((message) => message.fields.out_trade_no);

  it("are lost as often as asked, for good", async () => {
    await shop.simulator.setFaults(shop.credentials, [{ kind: "lose_notification", times: 2 }]);
    for (const number of ["l1", "l2", "l3"]) await payByCode(number);
    shop.clock.advance(30 * hourMs);
    await shop.simulator.runDue();
    expect(paidNumbers()).toEqual(["l3"]);
  });

  it("are lost only for the reference that was named", async () => {
    await shop.simulator.setFaults(shop.credentials, [{ kind: "lose_notification", reference: "l5" }]);
    for (const number of ["l4", "l5"]) await payByCode(number);
    await shop.simulator.runDue();
    expect(paidNumbers()).toEqual(["l4"]);
  });

  it("are repeated although they were accepted", async () => {
    await shop.simulator.setFaults(shop.credentials, [{ kind: "repeat_notification", times: 3 }]);
    await payByCode("d1");
    await payByCode("d2");
    await shop.simulator.runDue();
    expect(paidNumbers().toSorted()).toEqual(["d1", "d1", "d1", "d1", "d2"]);
    expect(new Set(receiver.received.map((message) => message.fields.notify_id)).size).toBe(2);
  });

  it("come in the wrong order: the payment after the refund", async () => {
    await shop.simulator.setFaults(shop.credentials, [{ kind: "reorder_notifications" }]);
    await payOnPage("x1");
    expect(await shop.simulator.runDue()).toBe(0);
    expect(await shop.simulator.payment(shop.credentials, "x1")).toMatchObject({ notificationsSent: 0 });
    await refund("x1", "1.00", "r1");
    await shop.simulator.runDue();
    expect(receiver.received.map((message) => message.fields.refund_fee)).toEqual(["1.00", undefined]);
    await refund("x1", "1.00", "r2");
    await shop.simulator.runDue();
    expect(receiver.received[2]?.fields.refund_fee).toBe("2.00");
  });

  it("carry a wrong signature once, and the right one when they come again", async () => {
    await shop.simulator.setFaults(shop.credentials, [{ kind: "corrupt_notification" }]);
    receiver.answers.push({ status: 200, body: "fail" });
    await payByCode("k1");
    await shop.simulator.runDue();
    shop.clock.advance(4 * minuteMs);
    await shop.simulator.runDue();
    expect(receiver.received.map(isGenuine)).toEqual([false, true]);
  });

  it("and the trade itself say a wrong amount", async () => {
    await shop.simulator.setFaults(shop.credentials, [{ kind: "wrong_amount", amount: 1 }]);
    await payByCode("m1");
    await payByCode("m2");
    await shop.simulator.runDue();
    const amounts = Object.fromEntries(
      receiver.received.map(({ fields }) => [fields.out_trade_no, fields.total_amount]),
    );
    expect(amounts).toEqual({ m1: "0.01", m2: "88.80" });
    expect(await shop.call("alipay.trade.query", { out_trade_no: "m1" })).toMatchObject({ total_amount: "0.01" });
  });
});
