import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { follow } from "#lib/analytics/testing";
import type { Order } from "#lib/orders/order-json";
import type { Refund } from "#lib/refunds/refund-json";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { attemptsOfOrder, openOrder, paidOrder, refund } from "#lib/testing/shop";
import { search } from "./search.ts";

let platform: Platform;
let mine: TestMerchant;
let order: Order;
let refunded: Refund;
beforeAll(async () => {
  platform = await startPlatform();
  mine = await platform.merchant({}, ["wechatpay"]);
  const customer = { email: "Mei@Example.com", phone: "+8613800138000" };
  order = await paidOrder(platform, mine.ctx, { merchant_order_no: "Shop-2026/77", customer });
  refunded = await refund(mine.ctx, order.id, 100);
  await follow(mine.ctx);
});
afterAll(() => platform.end());

const find = (text: string, merchant = mine, canSeeRefunds = true) =>
  merchant.ctx.transaction(async (tx) =>
    (await search(tx, { text, limit: 5, canSeeRefunds })).map((found) =>
      found.object === "order" ? `order ${found.order.merchantOrderNo} by ${found.by}` : `refund by ${found.by}`,
    ),
  );

describe("finds an order", () => {
  it.each([
    ["its id", () => order.id, "id"],
    ["the beginning of its id", () => order.id.slice(0, 24), "id"],
    ["its number", () => "Shop-2026/77", "order_no"],
    ["the beginning of its number, in any case", () => "shop-20", "order_no"],
    ["the shopper's address", () => "mei@example.com", "email"],
    ["the beginning of it", () => "MEI@", "email"],
    ["the shopper's phone", () => "+8613800", "phone"],
  ])("by %s", async (_what, text, by) => {
    expect(await find(text())).toEqual([`order Shop-2026/77 by ${by}`]);
  });

  it("by an attempt's id and by the channel's reference", async () => {
    const [attempt] = await attemptsOfOrder(mine.ctx, order.id);
    expect(await find(attempt?.id ?? "")).toEqual(["order Shop-2026/77 by id"]);
    expect(await find(attempt?.providerReference ?? "")).toEqual(["order Shop-2026/77 by payment_reference"]);
  });

  it("by its whole number a moment after it was made, before anything is indexed", async () => {
    await openOrder(mine.ctx, { merchant_order_no: "fresh-1" });
    expect(await find("fresh-1")).toEqual(["order fresh-1 by order_no"]);
  });
});

it("finds a refund by its id and number, for those who may see refunds", async () => {
  expect(await find(refunded.id)).toEqual(["refund by id"]);
  expect(await find(refunded.merchantRefundNo)).toEqual(["refund by refund_no"]);
  expect(await find(refunded.id, mine, false)).toEqual([]);
  expect(await find(refunded.merchantRefundNo, mine, false)).toEqual([]);
});

it("finds nothing of another merchant or the other mode, and nothing for a single letter", async () => {
  const stranger = await platform.merchant({}, []);
  const live = { ...mine, ctx: mine.ctx.with({ livemode: true }) };
  for (const text of [order.id, "Shop-2026/77", "mei@example.com", refunded.id, refunded.merchantRefundNo]) {
    expect({ text, found: [...(await find(text, stranger)), ...(await find(text, live))] }).toEqual({
      text,
      found: [],
    });
  }
  expect(await find("S")).toEqual([]);
});

it("takes wildcards and other signs as they are", async () => {
  for (const text of ["%%", "__", "'; drop table orders; --", "\\\\", "\u{10FFFF}x"])
    expect(await find(text)).toEqual([]);
});

it("answers over the API with what a list shows", async () => {
  const { status, body } = await platform.call(await mine.key(), "GET", "/v1/search?q=shop-2026");
  expect(status).toBe(200);
  expect(body.data).toMatchObject([
    { type: "order", id: order.id, number: "Shop-2026/77", matched_by: "order_no", amount: 8800, currency: "CNY" },
  ]);
  const tooShort = await platform.call(await mine.key(), "GET", "/v1/search?q=s");
  expect(tooShort).toMatchObject({ status: 400, body: { code: "invalid_value", param: "q" } });
});
