import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "#db/tenancy";
import { followEvents } from "#lib/analytics/follow-events";
import { readOverview } from "#lib/analytics/overview";
import { runSchedule } from "#lib/jobs/schedules";
import { systemClock } from "#lib/kernel/clock";
import { foldCheckpoints } from "#lib/ledger/checkpoint";
import { sealTransfers, verifySeals } from "#lib/ledger/seal";
import { statementPeriods } from "#lib/ledger/statement-periods";
import { expectLedgerBalanced, type Platform, startPlatform } from "#lib/testing/platform";
import { auditOf, eventsOf, openOrder, orderOf, paidOrder, refund, refundsOfOrder } from "#lib/testing/shop";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import { drainOutbox } from "#lib/webhooks/drain-outbox";
import { atTestTime } from "./at-test-time.ts";
import { moveClock } from "./move-clock.ts";
import { resetClock } from "./reset-clock.ts";

const dayMs = 86_400_000;
let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

/** A merchant whose test clock was moved on, as its own server finds it at the next request. */
async function ahead(days: number, channels: readonly string[] = []) {
  const { ctx, merchantId, key } = await platform.merchant({}, channels);
  await moveClock(ctx, { advance_seconds: days * 86_400 });
  return { real: ctx, ctx: await atTestTime(ctx), merchantId, key };
}

function daysAhead(at: Date | string | null): number {
  return Math.floor((new Date(at ?? 0).getTime() - systemClock.now().getTime()) / dayMs + 0.5);
}

describe("a moved test clock", () => {
  it("makes orders that were waiting expire, by the sweep, and leaves other merchants' orders alone", async () => {
    const { ctx, merchantId } = await platform.merchant({}, []);
    const other = await platform.merchant({}, []);
    const [order, theirs] = [await openOrder(ctx), await openOrder(other.ctx)];
    await moveClock(ctx, { advance_seconds: 86_400 });
    await runSchedule("sweep_orders");
    await platform.runJobs();
    expect((await orderOf(ctx, order.id)).status).toBe("expired");
    expect(daysAhead((await orderOf(ctx, order.id)).closedAt)).toBe(1);
    expect((await orderOf(other.ctx, theirs.id)).status).toBe("pending");
    expect(await auditOf(ctx, merchantId)).toContain("test_clock.move by api_key");
  });

  it.each([
    ["wechat_pay", "wechatpay"],
    ["alipay", "alipay"],
    ["card", "stripe"],
  ] as const)(
    "lets %s be paid and refunded at its time, although the provider lives in the real one",
    async (method, channel) => {
      const { ctx } = await ahead(40, [channel]);
      const order = await paidOrder(platform, ctx, {}, method);
      expect([order.createdAt, order.expiresAt, order.paidAt].map(daysAhead)).toEqual([40, 40, 40]);
      await refund(ctx, order.id, 800);
      await platform.pass(2_000);
      const [back] = await refundsOfOrder(ctx, order.id);
      expect(back).toMatchObject({ status: "succeeded", amount: 800n });
      expect(daysAhead(back?.succeededAt ?? null)).toBe(40);
      await expectLedgerBalanced(ctx);
    },
  );

  it("books to its own day in statements and overview", async () => {
    const { ctx, real } = await ahead(3, ["wechatpay"]);
    const order = await paidOrder(platform, ctx);
    await drainOutbox();
    await followEvents(ctx);
    const day = ctx.now.toISOString().slice(0, 10);
    const overview = await readOverview(ctx, { timeZone: "UTC", isCompared: false });
    expect(overview).toMatchObject({ to: day });
    expect(overview.currencies[0]?.series.at(-1)).toMatchObject({ start: day, gross: Number(order.amount) });
    const range = { from: new Date(real.now.getTime() - dayMs), to: new Date(real.now.getTime() + 9 * dayMs) };
    const account = { code: "merchant_pending", currency: "CNY", by: "day", timeZone: "UTC" } as const;
    const periods = await ctx.transaction((tx) => statementPeriods(tx, { ...account, ...range }));
    expect(periods.map(({ start, closing }) => [start, closing])).toEqual([[day, order.amount - 53n]]); // 60 bps of 8800
  });

  it("signs webhooks with the receiver's time, and tries again when its own time has come", async () => {
    const { ctx, real } = await ahead(30);
    await createEndpoint(ctx, { url: "http://127.0.0.1:9/hook", eventTypes: ["*"] });
    const order = await openOrder(ctx);
    await platform.deliverWebhooks();
    const waiting = () =>
      platform.owner`select try_count, next_try_at from webhook_deliveries where merchant_id = ${ctx.merchantId} order by id limit 1`;
    const [first] = await waiting();
    expect(first?.try_count).toBe(1);
    expect(daysAhead(first?.next_try_at)).toBe(30);
    const [job] = await platform.owner`
      select max(run_at) as at from graphile_worker.jobs where task_identifier = 'deliver_webhooks'`;
    expect(daysAhead(job?.at)).toBe(0);
    await moveClock(real, { advance_seconds: 3_600 });
    await runSchedule("sweep_deliveries");
    await platform.runJobs();
    expect((await waiting())[0]?.try_count).toBe(2);
    expect(await eventsOf(ctx, order.id)).toContain("order.created");
  });

  it("leaves live mode in the real time, whoever asks", async () => {
    const { ctx } = await ahead(200);
    const live = ctx.with({ livemode: true });
    expect(daysAhead(ctx.now)).toBe(200);
    expect(daysAhead(live.now)).toBe(0);
    expect(live.testOffsetMs).toBe(0);
    expect((await atTestTime(live)).testOffsetMs).toBe(0);
    const order = await openOrder(live);
    expect(daysAhead(order.createdAt)).toBe(0);
    await runSchedule("sweep_orders");
    await platform.runJobs();
    expect((await orderOf(live, order.id)).status).toBe("pending");
    const due = await platform.owner`select 1 from internal.due_orders(now(), 100) where id = ${order.id}`;
    expect(due).toHaveLength(0);
  });

  it("keeps checkpoints and seals in order while processes still write with the old offset", async () => {
    const { ctx, real } = await ahead(1, ["wechatpay"]);
    await paidOrder(platform, ctx);
    const old: Context = ctx;
    await moveClock(real, { advance_seconds: 30 * 86_400 });
    expect(await foldCheckpoints(ctx)).toBe(0);
    await paidOrder(platform, old);
    await paidOrder(platform, await atTestTime(real));
    const options = { minimumAgeMs: 0 };
    while ((await foldCheckpoints(ctx, options)) > 0);
    while ((await sealTransfers(ctx, options)) > 0);
    expect(await verifySeals(ctx)).toMatchObject({ transfers: 6, broken: undefined });
    await expectLedgerBalanced(ctx);
  });
});

describe("the clock itself", () => {
  it("goes forward only, and a year at most", async () => {
    const { ctx, key } = await platform.merchant({}, []);
    const call = async (body: unknown) => platform.call(await key(), "POST", "/v1/test/clock", body);
    const tomorrow = new Date(systemClock.now().getTime() + dayMs).toISOString();
    expect(await call({ to: tomorrow })).toMatchObject({ status: 200, body: { now: tomorrow } });
    const yesterday = { to: new Date(Date.now() - dayMs).toISOString() };
    expect(await call(yesterday)).toMatchObject({ status: 400, body: { code: "out_of_range", param: "to" } });
    expect(await call({ advance_seconds: 366 * 86_400 })).toMatchObject({
      status: 400,
      body: { code: "out_of_range", param: "advance_seconds" },
    });
    expect(await call({ advance_seconds: 0 })).toMatchObject({ status: 400 });
    expect(daysAhead((await atTestTime(ctx)).now)).toBe(1);
  });

  it("goes back to the real time only while nothing was made ahead of it", async () => {
    const { real, ctx } = await ahead(2);
    expect(await resetClock(real)).toMatchObject({ ahead_seconds: 0 });
    expect((await atTestTime(real)).testOffsetMs).toBe(0);
    await moveClock(real, { advance_seconds: 60 });
    await openOrder(await atTestTime(real));
    await expect(resetClock(real)).rejects.toMatchObject({ code: "test_clock_in_use" });
    expect(await auditOf(ctx, ctx.merchantId)).toEqual(expect.arrayContaining(["test_clock.reset by api_key"]));
  });

  it("stands still for everybody else while a demo merchant's past is being made", async () => {
    const { ctx, merchantId } = await platform.merchant({}, []);
    await platform.owner`update merchants set test_clock_offset_ms = -1000000 where merchant_id = ${merchantId}`;
    await expect(moveClock(ctx, { advance_seconds: 60 })).rejects.toMatchObject({ code: "test_clock_busy" });
    await expect(resetClock(ctx)).rejects.toMatchObject({ code: "test_clock_busy" });
  });

  it("is not there in live mode, and moves once when two move it at once", async () => {
    const { ctx } = await platform.merchant({}, []);
    const live = ctx.with({ livemode: true });
    await expect(moveClock(live, { advance_seconds: 60 })).rejects.toMatchObject({ code: "test_mode_only" });
    await expect(resetClock(live)).rejects.toMatchObject({ code: "test_mode_only" });
    await Promise.all([moveClock(ctx, { advance_seconds: 60 }), moveClock(ctx, { advance_seconds: 60 })]);
    expect((await atTestTime(ctx)).testOffsetMs).toBeGreaterThan(119_000);
  });
});
