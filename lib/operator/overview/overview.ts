import { sql } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";

const hourMs = 3_600_000;

export interface CurrencyTotals {
  readonly currency: string;
  /** Minor units, as text. */
  readonly gross: string;
  readonly previousGross: string;
  readonly refunded: string;
  readonly payments: number;
}

export interface TrendBucket {
  readonly at: Date;
  readonly payments: number;
  readonly previousPayments: number;
  readonly attemptsSucceeded: number;
  readonly attemptsFailed: number;
}

export interface PlatformOverview {
  readonly from: Date;
  readonly to: Date;
  readonly orders: number;
  readonly previousOrders: number;
  readonly payments: number;
  readonly previousPayments: number;
  readonly attemptsSucceeded: number;
  readonly attemptsFailed: number;
  readonly previousAttemptsSucceeded: number;
  readonly previousAttemptsFailed: number;
  /** Merchants with a payment in the period. */
  readonly merchants: number;
  readonly currencies: readonly CurrencyTotals[];
  readonly trend: readonly TrendBucket[];
}

interface Row extends Record<string, unknown> {
  readonly merchant_id: string;
  readonly currency: string;
  readonly bucket: string;
  readonly is_before: boolean;
  readonly orders: string;
  readonly payments: string;
  readonly gross: string;
  readonly refunded: string;
  readonly succeeded: string;
  readonly failed: string;
}

/**
 * What all merchants did in the last hours, beside the same time before, from their rollups: of each merchant the rows of
 * that time are read and no others.
 *
 * @param hours 24: by the hour; more: by 24 hours, counted back from now
 */
export async function platformOverview(input: {
  livemode: boolean;
  hours: number;
  now: Date;
}): Promise<PlatformOverview> {
  const { livemode, hours, now } = input;
  const bucketMs = hours <= 48 ? hourMs : 24 * hourMs;
  // The running quarter belongs to the period.
  const to = new Date(Math.ceil(now.getTime() / (hourMs / 4)) * (hourMs / 4));
  const from = new Date(to.getTime() - hours * hourMs);
  const before = new Date(from.getTime() - hours * hourMs);
  const rows = await operatorDatabase().execute<Row>(sql`
    select m.merchant_id, r.currency, r.at < ${from.toISOString()}::timestamptz as is_before,
      floor(extract(epoch from r.at - case when r.at < ${from.toISOString()}::timestamptz then ${before.toISOString()}::timestamptz
        else ${from.toISOString()}::timestamptz end) * 1000 / ${bucketMs}) as bucket,
      sum(r.orders_created) as orders, sum(r.payments) as payments, sum(r.gross) as gross, sum(r.refunded) as refunded,
      sum(r.attempts_succeeded) as succeeded, sum(r.attempts_failed) as failed
    from merchants m cross join lateral (
      select * from rollups where merchant_id = m.merchant_id and livemode = ${livemode}
        and at >= ${before.toISOString()}::timestamptz and at < ${to.toISOString()}::timestamptz) r
    group by 1, 2, 3, 4`);
  return { from, to, ...summed(rows), trend: trendOf(rows, { from, bucketMs, count: (hours * hourMs) / bucketMs }) };
}

function summed(rows: readonly Row[]): Omit<PlatformOverview, "from" | "to" | "trend"> {
  const now = rows.filter((row) => !row.is_before);
  const past = rows.filter((row) => row.is_before);
  const total = (of: readonly Row[], name: "orders" | "payments" | "succeeded" | "failed") =>
    of.reduce((sum, row) => sum + Number(row[name]), 0);
  const minor = (of: readonly Row[], name: "gross" | "refunded") =>
    of.reduce((sum, row) => sum + BigInt(row[name]), 0n).toString();
  const currencies = [...new Set(rows.map((row) => row.currency))].map((currency) => {
    const own = now.filter((row) => row.currency === currency);
    return {
      currency,
      gross: minor(own, "gross"),
      previousGross: minor(
        past.filter((row) => row.currency === currency),
        "gross",
      ),
      refunded: minor(own, "refunded"),
      payments: total(own, "payments"),
    };
  });
  return {
    orders: total(now, "orders"),
    previousOrders: total(past, "orders"),
    payments: total(now, "payments"),
    previousPayments: total(past, "payments"),
    attemptsSucceeded: total(now, "succeeded"),
    attemptsFailed: total(now, "failed"),
    previousAttemptsSucceeded: total(past, "succeeded"),
    previousAttemptsFailed: total(past, "failed"),
    merchants: new Set(now.filter((row) => Number(row.payments) > 0).map((row) => row.merchant_id)).size,
    currencies: currencies.sort((a, b) => b.payments - a.payments || a.currency.localeCompare(b.currency)),
  };
}

function trendOf(rows: readonly Row[], grid: { from: Date; bucketMs: number; count: number }): TrendBucket[] {
  return Array.from({ length: grid.count }, (_, index) => {
    const inBucket = rows.filter((row) => Number(row.bucket) === index);
    const sum = (isBefore: boolean, name: "payments" | "succeeded" | "failed") =>
      inBucket.filter((row) => row.is_before === isBefore).reduce((total, row) => total + Number(row[name]), 0);
    return {
      at: new Date(grid.from.getTime() + index * grid.bucketMs),
      payments: sum(false, "payments"),
      previousPayments: sum(true, "payments"),
      attemptsSucceeded: sum(false, "succeeded"),
      attemptsFailed: sum(false, "failed"),
    };
  });
}
