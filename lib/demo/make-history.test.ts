import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "#db/tenancy";
import { followEvents } from "#lib/analytics/follow-events";
import { verifyAuditLog } from "#lib/audit/seal";
import { systemClock } from "#lib/kernel/clock";
import { foldCheckpoints } from "#lib/ledger/checkpoint";
import { sealTransfers, verifySeals } from "#lib/ledger/seal";
import { trialBalance } from "#lib/ledger/trial-balance";
import { forgetMerchant, loadMerchant } from "#lib/merchants/load-merchant";
import { actOnOrder } from "#lib/sandbox/drive-order";
import { expectLedgerBalanced, type Platform, startPlatform } from "#lib/testing/platform";
import { choose, openOrder, orderOf } from "#lib/testing/shop";
import { drainOutbox } from "#lib/webhooks/drain-outbox";
import { makeHistory, profileOf, resumeHistory } from "./make-history.ts";
import { perform } from "./perform.ts";
import { type Deed, planHistory } from "./plan.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const eastMs = 8 * hourMs;

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

/** A demo merchant whose clock stands two midnights ago. */
async function newcomer(country: string): Promise<{ ctx: Context; from: number }> {
  const { ctx, merchantId } = await platform.merchant({ orderLifetimeMinutes: profileOf(country).lifetimeMinutes });
  const from = Math.floor((systemClock.now().getTime() + eastMs) / dayMs) * dayMs - eastMs - 2 * dayMs;
  await platform.owner`
    update merchants set country = ${country}, created_at = ${new Date(from).toISOString()}::timestamptz, test_clock_offset_ms = ${from - systemClock.now().getTime()}
    where merchant_id = ${merchantId}`;
  forgetMerchant(merchantId);
  return { ctx, from };
}

const options = { work: () => platform.runJobs(), restMs: 0 };

async function follow(ctx: Context): Promise<void> {
  // The provider takes a second for a refund, and the last one may have been a moment ago.
  await platform.pass(2_000);
  await drainOutbox();
  await followEvents(ctx);
}

type Sums = Record<string, { payments: string; gross: string; fees: string; refunded: string }>;

function byDay(rows: readonly Record<string, unknown>[]): Sums {
  return Object.fromEntries(rows.map(({ day, currency, ...sums }) => [`${day} ${currency}`, sums as Sums[string]]));
}

/** What the overview counts, what the orders' own rows say, and what the book says, by day and currency. */
async function threeViews({ merchantId }: Context): Promise<[Sums, Sums, Sums]> {
  const { owner } = platform;
  const counted = await owner`
    select to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, currency, sum(payments)::text as payments,
      sum(gross)::text as gross, sum(fees - fees_returned)::text as fees, sum(refunded)::text as refunded
    from rollups where merchant_id = ${merchantId} group by 1, 2 having sum(payments) + sum(refunds) > 0 order by 1, 2`;
  const said = await owner`
    select to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, currency, sum(payments)::text as payments,
      sum(gross)::text as gross, sum(fees)::text as fees, sum(refunded)::text as refunded
    from (
      select o.paid_at as at, o.currency, 1 as payments, o.amount_captured as gross, a.fee as fees, 0 as refunded
      from orders o join attempts a on a.merchant_id = o.merchant_id and a.id = o.latest_attempt_id
      where o.merchant_id = ${merchantId} and o.amount_captured > 0
      union all
      select created_at, currency, 0, 0, -fee_returned, amount from refunds
      where merchant_id = ${merchantId} and source = 'merchant' and status = 'succeeded'
    ) fact group by 1, 2 order by 1, 2`;
  const booked = await owner`
    select to_char(t.created_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, t.currency,
      count(distinct x.id) filter (where x.kind = 'payment_succeeded')::text as payments,
      coalesce(sum(t.amount) filter (where x.kind = 'payment_succeeded'), 0)::text as gross,
      (coalesce(sum(t.amount) filter (where c.code = 'fee_income'), 0)
        - coalesce(sum(t.amount) filter (where d.code = 'fee_income'), 0))::text as fees,
      coalesce(sum(t.amount) filter (where x.kind = 'refund_accepted' and c.code = 'refund_in_transit'
        and d.code <> 'suspense'), 0)::text as refunded
    from ledger_transfers t
    join ledger_transactions x on x.merchant_id = t.merchant_id and x.id = t.transaction_id
    join ledger_accounts d on d.merchant_id = t.merchant_id and d.id = t.debit_account_id
    join ledger_accounts c on c.merchant_id = t.merchant_id and c.id = t.credit_account_id
    where t.merchant_id = ${merchantId} and x.kind in ('payment_succeeded', 'refund_accepted') and d.code <> 'suspense'
    group by 1, 2 order by 1, 2`;
  return [byDay(counted), byDay(said), byDay(booked)];
}

describe.each([
  ["retail", "CN", ["CNY"]],
  ["cross-border", "HK", ["EUR", "HKD", "USD"]],
] as const)("the past of the %s demo merchant", (_name, country, currencies) => {
  let ctx: Context;
  let from: number;
  let startedAt: number;
  beforeAll(async () => {
    ({ ctx, from } = await newcomer(country));
    startedAt = systemClock.now().getTime();
    expect(await makeHistory(ctx, options)).toBe(true);
    await follow(ctx);
  }, 240_000);

  it("agrees with itself: overview, orders and ledger say the same for each day and currency", async () => {
    const [counted, said, booked] = await threeViews(ctx);
    expect(said).toEqual(booked);
    expect(counted).toEqual(booked);
    const seen = new Set(Object.keys(booked).map((key) => key.slice(-3)));
    expect([...seen]).toEqual(expect.arrayContaining([...currencies]));
    expect(new Set(Object.keys(booked).map((key) => key.slice(0, 10))).size).toBeGreaterThanOrEqual(2);
  });

  it("leaves a book that balances, with its chains whole", async () => {
    const atOnce = { minimumAgeMs: 0 };
    while ((await foldCheckpoints(ctx, atOnce)) > 0);
    while ((await sealTransfers(ctx, atOnce)) > 0);
    const sums = await ctx.transaction((tx) => trialBalance(tx));
    expect(sums.every(({ isBalanced }) => isBalanced)).toBe(true);
    await expectLedgerBalanced(ctx);
    const [row] = await platform.owner`
      select count(*)::int as all from ledger_transfers where merchant_id = ${ctx.merchantId}`;
    expect(await verifySeals(ctx)).toMatchObject({ transfers: row?.all, broken: undefined });
    expect((await verifyAuditLog(ctx)).broken).toBeUndefined();
  });

  it("numbers its events without a gap, in the order of their time, all between the beginning and now", async () => {
    const rows = await platform.owner`
      select sequence, created_at from events where merchant_id = ${ctx.merchantId} order by sequence`;
    expect(rows.map((row) => Number(row.sequence))).toEqual(rows.map((_, index) => index + 1));
    const times = rows.map((row) => new Date(row.created_at).getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(from);
    expect(times.at(-1)).toBeLessThanOrEqual(systemClock.now().getTime());
  });

  it("went as planned: declines, orders that ran out, refunds, captures and voids", async () => {
    const count = async (rows: Promise<readonly unknown[]>) => (await rows).length;
    const { owner } = platform;
    const { merchantId } = ctx;
    const steps = planHistory(profileOf(country), from, startedAt);
    const planned = (wanted: (what: Deed) => boolean) => steps.filter(({ what }) => wanted(what)).length;
    const failed = count(owner`select 1 from attempts where merchant_id = ${merchantId} and status = 'failed'`);
    expect(await failed).toBe(planned((what) => what.deed === "choose" && /Declined|radar/.test(what.token ?? "")));
    const expired = count(owner`select 1 from orders where merchant_id = ${merchantId} and status = 'expired'`);
    expect(await expired).toBe(planned(({ deed }) => deed === "expire"));
    const refunds = count(owner`
      select 1 from refunds where merchant_id = ${merchantId} and source = 'merchant' and status = 'succeeded'`);
    expect(await refunds).toBe(planned(({ deed }) => deed === "refund"));
    const clerk = count(owner`
      select 1 from audit_log where merchant_id = ${merchantId} and verb in ('order.capture', 'order.void')`);
    expect(await clerk).toBe(planned(({ deed }) => deed === "capture" || deed === "void"));
    const paid = count(owner`select 1 from orders where merchant_id = ${merchantId} and paid_at is not null`);
    expect(await paid).toBeGreaterThan(10);
  });

  it("is made once: its clock has arrived, and another run finds nothing to do", async () => {
    forgetMerchant(ctx.merchantId);
    expect((await loadMerchant(ctx)).testClockOffsetMs).toBe(0);
    const under = await platform.owner`
      select 1 from internal.demo_merchants_under_way() where merchant_id = ${ctx.merchantId}`;
    expect(under).toHaveLength(0);
  });
});

it("goes on where it was killed, with each order made once", async () => {
  const { ctx, from } = await newcomer("CN");
  const stop = new AbortController();
  let steps = 0;
  const onProgress = () => {
    steps += 1;
    if (steps === 20) stop.abort();
  };
  expect(await makeHistory(ctx, { ...options, onProgress, signal: stop.signal })).toBe(false);
  // Down for half a day, while the clock went on.
  await platform.owner`
    update merchants set test_clock_offset_ms = test_clock_offset_ms + ${dayMs / 2} where merchant_id = ${ctx.merchantId}`;
  forgetMerchant(ctx.merchantId);
  await resumeHistory(ctx);
  const to = systemClock.now().getTime();
  const planned = planHistory(profileOf("CN"), from, to).filter(({ what }) => what.deed === "open");
  expect(await makeHistory(ctx, options)).toBe(true);
  const made = await platform.owner`
    select merchant_order_no from orders where merchant_id = ${ctx.merchantId} order by id`;
  expect(made.map((row) => row.merchant_order_no).sort()).toEqual(planned.map(({ number }) => number).sort());
}, 240_000);

it("goes on with an order whose shopper had paid at the moment of the kill", async () => {
  const { ctx } = await platform.merchant({}, ["wechatpay"]);
  const { id, merchantOrderNo: number } = await openOrder(ctx);
  await choose(ctx, id, "wechat_pay");
  await actOnOrder(ctx, id, { act: "pay" });
  const cast = { server: ctx, clerk: ctx, shopper: () => ctx, work: options.work };
  await perform(cast, { at: 0, number, what: { deed: "pay" } });
  expect((await orderOf(ctx, id)).status).toBe("paid");
});
