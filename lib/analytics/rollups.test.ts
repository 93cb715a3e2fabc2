import { afterAll, beforeAll, expect, it } from "vitest";
import { applyOutcome } from "#lib/attempts/apply-outcome";
import { runSchedule } from "#lib/jobs/schedules";
import { money } from "#lib/kernel/money";
import { type Platform, startPlatform } from "#lib/testing/platform";
import { attemptsOfOrder, choose, openOrder, paidOrder, refund } from "#lib/testing/shop";
import { drainOutbox } from "#lib/webhooks/drain-outbox";
import { followEvents } from "./follow-events.ts";
import { quarterMs, quarterOf } from "./quarters.ts";
import { recountSpan } from "./recount.ts";
import { expectAgreement, follow, totals } from "./testing.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

it("counts an order, its payment, the fee and a refund with method, channel and country", async () => {
  const { ctx, merchantId } = await platform.merchant({}, ["wechatpay"]);
  const order = await paidOrder(platform, ctx, { customer: { country: "JP" } });
  await refund(ctx, order.id, 800);
  await follow(ctx);
  expect(await totals(platform, ctx)).toMatchObject({
    orders_created: 1,
    payments: 1,
    gross: 8800,
    refunds: 1,
    refunded: 800,
  });
  const rows = await platform.owner`
    select method, channel, country, gross::int as gross from rollups where merchant_id = ${merchantId} order by gross`;
  expect(rows).toEqual([
    { method: "", channel: "", country: "JP", gross: 0 },
    { method: "wechat_pay", channel: "wechatpay", country: "JP", gross: 8800 },
  ]);
  await expectAgreement(platform, ctx);
});

it("counts a card's own country before the one that the order names", async () => {
  const { ctx, merchantId } = await platform.merchant({}, ["stripe"]);
  await paidOrder(platform, ctx, { currency: "USD", customer: { country: "JP" } }, "card");
  await follow(ctx);
  const rows = await platform.owner`
    select country from rollups where merchant_id = ${merchantId} and payments = 1`;
  expect(rows).toEqual([{ country: "US" }]);
});

it("leaves out money that came twice and went back", async () => {
  const { ctx } = await platform.merchant({}, ["wechatpay"]);
  const order = await openOrder(ctx);
  await choose(ctx, order.id, "wechat_pay");
  const [attempt] = await attemptsOfOrder(ctx, order.id);
  if (!attempt) throw new Error("no attempt");
  const approved = {
    kind: "approved",
    reference: "4200",
    amount: money(1n, "CNY"),
    at: ctx.now,
    captured: true,
  } as const;
  const applied = await applyOutcome(ctx, attempt.id, approved);
  expect(applied.attempt.disposition).toBe("mismatch");
  await follow(ctx);
  expect(await totals(platform, ctx)).toMatchObject({
    payments: 0,
    gross: 0,
    refunds: 0,
    refunded: 0,
    attempts_succeeded: 1,
  });
  await expectAgreement(platform, ctx);
});

it("is brought up to date by the sweep, and is not asked again while nothing happens", async () => {
  const { ctx } = await platform.merchant({}, ["wechatpay"]);
  await openOrder(ctx);
  await drainOutbox();
  await runSchedule("follow_events");
  await platform.runJobs();
  expect(await totals(platform, ctx)).toMatchObject({ orders_created: 1 });
  const due =
    await platform.owner`select 1 from internal.events_to_follow('infinity', 1000) where merchant_id = ${ctx.merchantId}`;
  expect(due).toHaveLength(0);
});

it("counts the same when a span is counted anew, and when two runs meet", async () => {
  const { ctx } = await platform.merchant({}, ["wechatpay"]);
  const order = await paidOrder(platform, ctx);
  await refund(ctx, order.id, 100);
  await drainOutbox();
  await Promise.all([followEvents(ctx), followEvents(ctx)]);
  await followEvents(ctx);
  const before = await totals(platform, ctx);
  await recountSpan(ctx, new Date(order.createdAt.getTime() - quarterMs), new Date(ctx.now.getTime() + quarterMs));
  expect(await totals(platform, ctx)).toEqual(before);
  await expectAgreement(platform, ctx);
});

it("puts each fact into the quarter in which it happened, by any clock", () => {
  expect(new Date(quarterOf(Date.parse("2026-03-01T08:44:59.999Z"))).toISOString()).toBe("2026-03-01T08:30:00.000Z");
  expect(quarterOf(Date.parse("2026-03-01T08:45:00Z"))).toBe(Date.parse("2026-03-01T08:45:00Z"));
});
