import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { simulatedPayment } from "#lib/sandbox/drive-order";
import { type Platform, startPlatform } from "#lib/testing/platform";
import { auditOf, choose, eventsOf, openOrder, orderInput, orderOf, paidOrder } from "#lib/testing/shop";
import { closeOrder } from "./close-order.ts";
import { createOrder } from "./create-order.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

describe("creating an order", () => {
  it("opens it for the merchant's usual lifetime, tells of it and says who did it", async () => {
    const { ctx, merchantId } = await platform.merchant({ orderLifetimeMinutes: 45 });
    const order = await openOrder(ctx, { metadata: { cart: "7" } });
    expect(order).toMatchObject({ merchantId, livemode: false, status: "pending", amount: 8800n, amountCaptured: 0n });
    expect(order.expiresAt.getTime() - order.createdAt.getTime()).toBeCloseTo(45 * 60_000, -3);
    expect(await eventsOf(ctx, order.id)).toEqual(["order.created"]);
    expect(await auditOf(ctx, order.id)).toEqual(["order.create by api_key"]);
  });

  it("makes one order of two requests with the same number at the same time, and names it to the loser", async () => {
    const { ctx } = await platform.merchant();
    const input = orderInput();
    const results = await Promise.allSettled([createOrder(ctx, input), createOrder(ctx, input)]);
    const [made] = results.filter((result) => result.status === "fulfilled");
    const [refused] = results.filter((result) => result.status === "rejected");
    expect(refused?.reason).toMatchObject({
      code: "duplicate_merchant_order_no",
      param: "merchant_order_no",
      detail: { existing: made?.value.id },
    });
  });

  it("lets two merchants use the same number", async () => {
    const [one, two] = await Promise.all([platform.merchant(), platform.merchant()]);
    const input = orderInput();
    const ids = await Promise.all([createOrder(one.ctx, input), createOrder(two.ctx, input)]);
    expect(new Set(ids.map((order) => order.merchantId))).toEqual(new Set([one.merchantId, two.merchantId]));
  });

  it.each([
    ["in the past", -1],
    ["in less than a minute", 59_000],
    ["in more than 30 days", 30 * 86_400_000 + 60_000],
  ])("refuses an expiry %s", async (_label, fromNowMs) => {
    const { ctx } = await platform.merchant();
    const expires_at = new Date(ctx.now.getTime() + fromNowMs).toISOString();
    await expect(openOrder(ctx, { expires_at })).rejects.toMatchObject({
      code: "expires_at_out_of_range",
      param: "expires_at",
    });
  });

  it("refuses items that do not add up to the amount", async () => {
    const { ctx } = await platform.merchant();
    const items = [
      { name: "Oolong", quantity: 3, unit_amount: 2900 },
      { name: "Cup", quantity: 1, unit_amount: 99 },
    ];
    await expect(openOrder(ctx, { items })).rejects.toMatchObject({
      code: "items_do_not_add_up",
      detail: { sum: "8799" },
    });
  });
});

describe("closing an order", () => {
  it("closes its open payments at the channels, so that nobody can pay any more", async () => {
    const { ctx } = await platform.merchant();
    const order = await openOrder(ctx);
    await choose(ctx, order.id, "wechat_pay");
    await closeOrder(ctx, order.id);
    await platform.settle();
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "closed" });
    expect((await simulatedPayment(ctx, order.id))?.status).toBe("CLOSED");
    expect(await eventsOf(ctx, order.id)).toEqual(["order.closed", "order.created"]);
    await expect(choose(ctx, order.id, "wechat_pay")).rejects.toMatchObject({ code: "order_closed" });
  });

  it("closes once: the second asks in vain", async () => {
    const { ctx } = await platform.merchant();
    const order = await openOrder(ctx);
    const results = await Promise.allSettled([closeOrder(ctx, order.id), closeOrder(ctx, order.id)]);
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await eventsOf(ctx, order.id)).toEqual(["order.closed", "order.created"]);
  });

  it("leaves a paid order alone", async () => {
    const { ctx } = await platform.merchant();
    const order = await paidOrder(platform, ctx);
    await expect(closeOrder(ctx, order.id)).rejects.toMatchObject({ code: "order_paid" });
    expect(await orderOf(ctx, order.id)).toEqual(order);
  });

  it("does not know another merchant's order", async () => {
    const [one, two] = await Promise.all([platform.merchant(), platform.merchant()]);
    const order = await openOrder(one.ctx);
    await expect(closeOrder(two.ctx, order.id)).rejects.toMatchObject({ code: "not_found" });
    expect(await orderOf(one.ctx, order.id)).toMatchObject({ status: "pending" });
  });
});
