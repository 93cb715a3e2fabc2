import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyOutcome } from "#lib/attempts/apply-outcome";
import { money } from "#lib/kernel/money";
import { actOnOrder, setOrderFaults, simulatedPayment } from "#lib/sandbox/drive-order";
import { expectLedgerBalanced, type Platform, startPlatform } from "#lib/testing/platform";
import {
  attemptsOfOrder,
  bookOf,
  choose,
  eventsOf,
  openOrder,
  orderOf,
  postingsOf,
  refundsOfOrder,
} from "#lib/testing/shop";
import { closeOrder } from "./close-order.ts";
import { expireOrder } from "./expire-order.ts";
import { orderTimeline } from "./timeline.ts";

const minuteMs = 60_000;

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

describe("the end of an order's time", () => {
  it("expires the order and closes its payment at the channel", async () => {
    const { ctx } = await platform.merchant();
    const order = await openOrder(ctx);
    await choose(ctx, order.id, "wechat_pay");
    await platform.pass(30 * minuteMs + 1_000);
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "expired" });
    expect((await attemptsOfOrder(ctx, order.id)).map((attempt) => attempt.status)).toEqual(["canceled"]);
    expect((await simulatedPayment(ctx, order.id))?.status).toBe("CLOSED");
    expect(await eventsOf(ctx, order.id)).toEqual(["order.created", "order.expired"]);
    await expectLedgerBalanced(ctx);
  });

  it("leaves an order alone whose time is not over", async () => {
    const { ctx } = await platform.merchant();
    const order = await openOrder(ctx);
    expect(await expireOrder(ctx, order.id)).toMatchObject({ status: "pending" });
  });

  it("counts a payment of the last second as paid, although its news comes after the end", async () => {
    const { ctx } = await platform.merchant();
    const order = await openOrder(ctx);
    await choose(ctx, order.id, "alipay");
    await setOrderFaults(ctx, order.id, [{ kind: "lose_notification", times: 9 }]);
    await platform.pass(29 * minuteMs);
    await actOnOrder(ctx, order.id, { act: "pay" });
    await platform.pass(2 * minuteMs);
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "paid", amountCaptured: 8800n });
    expect(await eventsOf(ctx, order.id)).toEqual(["order.created", "order.paid"]);
    await expectLedgerBalanced(ctx);
  });

  it("waits five minutes for a channel that does not answer, and expires without it then", async () => {
    const { ctx } = await platform.merchant();
    const order = await openOrder(ctx, { expires_at: new Date(ctx.now.getTime() + 2 * minuteMs).toISOString() });
    await choose(ctx, order.id, "alipay");
    await setOrderFaults(ctx, order.id, [
      { kind: "system_error", operation: "close", times: 50 },
      { kind: "system_error", operation: "query", times: 50 },
    ]);
    await platform.pass(3 * minuteMs);
    await expect(expireOrder(ctx, order.id)).rejects.toThrow("waits for its channel");
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "pending" });
    await platform.pass(5 * minuteMs);
    expect(await expireOrder(ctx, order.id)).toMatchObject({ status: "expired" });
  });
});

describe("a payment that comes after the order was closed", () => {
  it("goes back to the shopper, and the order's story says so", async () => {
    const { ctx } = await platform.merchant({ latePayment: "refund" });
    const order = await openOrder(ctx);
    await choose(ctx, order.id, "wechat_pay");
    await actOnOrder(ctx, order.id, { act: "pay" });
    await closeOrder(ctx, order.id);
    await platform.settle();
    await platform.pass(minuteMs);
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "closed", amountCaptured: 0n });
    expect(await refundsOfOrder(ctx, order.id)).toMatchObject([{ status: "succeeded", source: "late", amount: 8800n }]);
    expect((await simulatedPayment(ctx, order.id))?.refunds).toMatchObject([{ status: "SUCCESS", amount: 8800 }]);
    expect(await bookOf(ctx)).toEqual({});
    const story = await ctx.transaction((tx) => orderTimeline(tx, order.id));
    expect(story.map((entry) => entry.title)).toEqual(
      expect.arrayContaining(["order.closed", "order.late_payment", "refund.succeeded", "unexpected_payment"]),
    );
    await expectLedgerBalanced(ctx);
  });

  it("pays the order after all when the merchant wishes so", async () => {
    const { ctx } = await platform.merchant({ latePayment: "accept" });
    const order = await openOrder(ctx);
    await choose(ctx, order.id, "wechat_pay");
    await actOnOrder(ctx, order.id, { act: "pay" });
    await closeOrder(ctx, order.id);
    await platform.settle();
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "paid", amountCaptured: 8800n });
    expect(await eventsOf(ctx, order.id)).toEqual([
      "order.closed",
      "order.created",
      "order.late_payment",
      "order.paid",
    ]);
    expect(await refundsOfOrder(ctx, order.id)).toEqual([]);
    await expectLedgerBalanced(ctx);
  });

  it("is booked exactly once when paying and closing happen at the same moment", async () => {
    const { ctx } = await platform.merchant();
    const paidAndClosed = async () => {
      const order = await openOrder(ctx);
      const { attempt } = await choose(ctx, order.id, "alipay");
      const amount = money(8800n, "CNY");
      const approved = { kind: "approved", reference: `T-${order.id}`, amount, at: ctx.now, captured: true } as const;
      await Promise.allSettled([
        closeOrder(ctx, order.id),
        applyOutcome(ctx, attempt.id, approved),
        applyOutcome(ctx, attempt.id, approved),
      ]);
      const booked = await postingsOf(ctx, order.id);
      return booked.filter((kind) => kind === "payment_succeeded" || kind === "unexpected_payment");
    };
    const races = await Promise.all(Array.from({ length: 6 }, paidAndClosed));
    expect(races.map((booked) => booked.length)).toEqual([1, 1, 1, 1, 1, 1]);
    await expectLedgerBalanced(ctx);
  });
});
