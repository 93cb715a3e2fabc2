import { expect } from "vitest";
import type { Context } from "#db/tenancy";
import type { Platform } from "#lib/testing/platform";
import { bookOf } from "#lib/testing/shop";
import { drainOutbox } from "#lib/webhooks/drain-outbox";
import { followEvents } from "./follow-events.ts";

/** Numbers the events and counts what they touched. */
export async function follow(ctx: Context): Promise<void> {
  await drainOutbox();
  await followEvents(ctx);
}

export interface Totals {
  readonly orders_created: number;
  readonly payments: number;
  readonly gross: number;
  readonly fees: number;
  readonly refunds: number;
  readonly refunded: number;
  readonly fees_returned: number;
  readonly attempts_succeeded: number;
  readonly attempts_failed: number;
}

export async function totals(
  platform: Platform,
  { merchantId }: Context,
  currency = "CNY",
): Promise<Totals | undefined> {
  const [row] = await platform.owner<Totals[]>`
    select sum(orders_created)::int as orders_created, sum(payments)::int as payments, sum(gross)::int as gross,
      sum(fees)::int as fees, sum(refunds)::int as refunds, sum(refunded)::int as refunded,
      sum(fees_returned)::int as fees_returned, sum(attempts_succeeded)::int as attempts_succeeded,
      sum(attempts_failed)::int as attempts_failed
    from rollups where merchant_id = ${merchantId} and not livemode and currency = ${currency} having count(*) > 0`;
  return row;
}

/** What the same numbers are when every row is added up. */
async function facts(platform: Platform, { merchantId }: Context, currency = "CNY"): Promise<Totals | undefined> {
  const [row] = await platform.owner<Totals[]>`
    with o as (select * from orders where merchant_id = ${merchantId} and currency = ${currency}),
      a as (select * from attempts where merchant_id = ${merchantId} and currency = ${currency}),
      r as (select * from refunds where merchant_id = ${merchantId} and currency = ${currency}
        and source = 'merchant' and status <> 'failed')
    select (select count(*)::int from o) as orders_created,
      (select count(*)::int from o where amount_captured > 0) as payments,
      (select coalesce(sum(amount_captured), 0)::int from o) as gross,
      (select coalesce(sum(fee), 0)::int from a where disposition = 'order') as fees,
      (select count(*)::int from r) as refunds, (select coalesce(sum(amount), 0)::int from r) as refunded,
      (select coalesce(sum(fee_returned), 0)::int from r) as fees_returned,
      (select count(*)::int from a where status in ('succeeded', 'authorized')) as attempts_succeeded,
      (select count(*)::int from a where status = 'failed') as attempts_failed
    where exists (select from o)`;
  return row;
}

/** The rollups say what the facts add up to, and the ledger agrees. */
export async function expectAgreement(platform: Platform, ctx: Context): Promise<void> {
  const counted = await totals(platform, ctx);
  expect(counted).toEqual(await facts(platform, ctx));
  const book = await bookOf(ctx);
  const own = (book["merchant_pending CNY"] ?? 0n) + (book["merchant_available CNY"] ?? 0n);
  const { gross, fees, refunded, fees_returned } = counted ?? { gross: 0, fees: 0, refunded: 0, fees_returned: 0 };
  expect(BigInt(gross - fees - refunded + fees_returned)).toBe(own);
}
