import { afterAll, beforeAll, expect, it } from "vitest";
import { followEvents } from "#lib/analytics/follow-events";
import { writeCalls } from "#lib/channel-accounts/note-calls";
import { systemClock } from "#lib/kernel/clock";
import { operator, type TestOperator } from "#lib/testing/operators";
import { type Platform, startPlatform } from "#lib/testing/platform";
import { paidOrder, refund } from "#lib/testing/shop";
import { percentile, stateOf } from "./health.ts";
import { platformOverview } from "./overview.ts";

let platform: Platform;
let viewer: TestOperator;
beforeAll(async () => {
  platform = await startPlatform();
  viewer = await operator(platform, "auditor");
});
afterAll(() => platform.end());

it("adds up what all merchants did, by currency, and how each account did", async () => {
  const [one, two] = await Promise.all([
    platform.merchant({}, ["wechatpay"]),
    platform.merchant({}, ["wechatpay", "stripe"]),
  ]);
  await paidOrder(platform, one.ctx, { amount: 1000 });
  const order = await paidOrder(platform, two.ctx, { amount: 2000 });
  await paidOrder(platform, two.ctx, { amount: 300, currency: "USD" }, "card");
  await refund(two.ctx, order.id, 500);
  for (const { ctx } of [one, two]) {
    await platform.deliverWebhooks();
    await followEvents(ctx);
  }
  const now = systemClock.now();
  const found = await platformOverview({ livemode: false, hours: 24, now });
  expect(found).toMatchObject({ orders: 3, payments: 3, merchants: 2, attemptsSucceeded: 3, previousPayments: 0 });
  expect(found.currencies).toEqual([
    { currency: "CNY", gross: "3000", previousGross: "0", refunded: "500", payments: 2 },
    { currency: "USD", gross: "300", previousGross: "0", refunded: "0", payments: 1 },
  ]);
  expect(found.trend).toHaveLength(24);
  expect(found.trend.reduce((sum, bucket) => sum + bucket.payments, 0)).toBe(3);
  // A day later the same is the period before.
  const later = await platformOverview({ livemode: false, hours: 24, now: new Date(now.getTime() + 86_400_000) });
  expect(later).toMatchObject({ payments: 0, previousPayments: 3, previousOrders: 3 });
  expect((await platformOverview({ livemode: true, hours: 24, now })).payments).toBe(0);

  await writeCalls();
  const { body } = await platform.call(undefined, "GET", "/v1/operator/health?mode=test", undefined, {
    ...viewer.headers,
  });
  const mine = body.accounts.filter((account: { merchant: { id: string } }) => account.merchant.id === two.merchantId);
  expect(mine.map((account: { channel: string }) => account.channel).sort()).toEqual(["stripe", "wechatpay"]);
  const card = mine.find((account: { channel: string }) => account.channel === "stripe");
  expect(card.methods).toEqual([{ method: "card", attempts: 1, succeeded: 1, failed: 0, unknown: 0 }]);
  expect(card.calls.answered).toBeGreaterThan(0);
  expect(card.calls.lost).toBe(0);
  expect(card.state).toBe("good");
});

it("calls an account by the worse of what shoppers got and of what the provider answered", () => {
  const method = (succeeded: number, failed: number) => [
    { method: "card", attempts: succeeded + failed, succeeded, failed, unknown: 0 },
  ];
  expect(stateOf([], 0, 0)).toBe("quiet");
  expect(stateOf(method(1, 1), 0, 0)).toBe("quiet");
  expect(stateOf(method(9, 1), 100, 0)).toBe("good");
  expect(stateOf(method(8, 2), 100, 0)).toBe("watch");
  expect(stateOf(method(5, 5), 100, 0)).toBe("bad");
  expect(stateOf(method(10, 0), 70, 30)).toBe("bad");
});

it("names the bound below which a share of all calls stayed", () => {
  expect(percentile([], 0.5)).toBeUndefined();
  expect(percentile([8, 1, 1], 0.5)).toBe(50);
  expect(percentile([8, 1, 1], 0.95)).toBe(150);
});
