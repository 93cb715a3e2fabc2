import { sql } from "drizzle-orm";
import type { Context, Tx } from "#db/tenancy";
import { minorToJson } from "#lib/kernel/money";
import { type AccountBalance, balances } from "#lib/ledger/balance";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { addDays, bucketsOf, grainOf, type Period, periodBefore, periodOf } from "./period.ts";
import type { Bucket, Numbers, Overview, Share } from "./schemas.ts";

export interface OverviewInput extends Partial<Period> {
  /** IANA name; the merchant's own when not given. */
  readonly timeZone?: string;
  readonly isCompared: boolean;
}

const sums = ["gross", "fees", "refunded", "fees_returned"] as const;
const counts = ["orders_created", "payments", "refunds", "attempts_succeeded", "attempts_failed"] as const;
type Measures = Record<(typeof sums)[number] | (typeof counts)[number], string>;

interface Row extends Measures, Record<string, unknown> {
  readonly currency: string;
  readonly start: string;
}

interface SliceRow extends Record<string, unknown> {
  readonly currency: string;
  readonly method: string;
  readonly channel: string;
  readonly country: string;
  readonly gross: string;
  readonly payments: string;
}

/**
 * The merchant's numbers of a period, one set a currency: currencies are never added up. Drawn from the rollups, which
 * agree with the ledger to the minor unit up to `as_of`.
 */
export async function readOverview(ctx: Context, input: OverviewInput): Promise<Overview> {
  const timeZone = input.timeZone ?? (await loadMerchant(ctx)).timeZone;
  const period = periodOf(input, ctx.now, timeZone);
  const before = input.isCompared ? periodBefore(period) : undefined;
  return ctx.transaction(async (tx) => {
    const [rows, slices, book, asOf] = await Promise.all([
      readRows(tx, { from: before?.from ?? period.from, to: period.to }, timeZone, grainOf(period)),
      readSlices(tx, period, timeZone),
      balances(tx),
      countedUntil(tx),
    ]);
    const currencies = [...new Set([...rows, ...ownAccounts(book)].map(({ currency }) => currency))];
    return {
      object: "overview" as const,
      livemode: tx.livemode,
      time_zone: timeZone,
      ...period,
      previous: before ?? null,
      grain: grainOf(period),
      as_of: asOf.toISOString(),
      currencies: currencies
        .map((currency) => {
          const mine = rows.filter((row) => row.currency === currency);
          const inPeriod = mine.filter(({ start }) => start.slice(0, 10) >= period.from);
          const earlier = mine.filter(({ start }) => start.slice(0, 10) < period.from);
          const own = slices.filter((slice) => slice.currency === currency);
          return {
            currency,
            totals: numbersOf(inPeriod),
            previous_totals: before ? numbersOf(earlier) : null,
            series: seriesOf(period, inPeriod),
            previous_series: before ? seriesOf(before, earlier) : [],
            methods: sharesOf(own, "method"),
            channels: sharesOf(own, "channel"),
            countries: sharesOf(own, "country"),
            balance: {
              pending: held(book, "merchant_pending", currency),
              available: held(book, "merchant_available", currency),
            },
          };
        })
        .sort((a, b) => b.totals.payments - a.totals.payments || (a.currency < b.currency ? -1 : 1)),
    };
  });
}

function bounds(period: Period, timeZone: string) {
  const midnight = (day: string) => sql`(${day}::date::timestamp at time zone ${timeZone})`;
  return sql`at >= ${midnight(period.from)} and at < ${midnight(addDays(period.to, 1))}`;
}

async function readRows(tx: Tx, period: Period, timeZone: string, grain: "hour" | "day"): Promise<Row[]> {
  const format = grain === "hour" ? 'YYYY-MM-DD"T"HH24:00' : "YYYY-MM-DD";
  return tx.db.execute<Row>(sql`
    select currency, to_char(at at time zone ${timeZone}, ${format}) as start,
      ${sql.raw([...sums, ...counts].map((name) => `sum(${name})::text as ${name}`).join(", "))}
    from rollups
    where merchant_id = ${tx.merchantId} and livemode = ${tx.livemode} and ${bounds(period, timeZone)}
    group by 1, 2 order by 1, 2`);
}

async function readSlices(tx: Tx, period: Period, timeZone: string): Promise<SliceRow[]> {
  return tx.db.execute<SliceRow>(sql`
    select currency, method, channel, country, sum(gross)::text as gross, sum(payments)::text as payments
    from rollups
    where merchant_id = ${tx.merchantId} and livemode = ${tx.livemode} and payments > 0 and ${bounds(period, timeZone)}
    group by 1, 2, 3, 4`);
}

/** Up to when everything is counted: now, unless numbered events wait. */
async function countedUntil(tx: Tx): Promise<Date> {
  const [row] = await tx.db.execute<{ counted_at: string }>(sql`
    select c.counted_at from event_sequences s
    left join event_cursors c on c.merchant_id = s.merchant_id and c.livemode = s.livemode
    where s.merchant_id = ${tx.merchantId} and s.livemode = ${tx.livemode} and s.last > coalesce(c.sequence, 0)`);
  if (!row) return tx.now;
  return row.counted_at === null ? new Date(0) : new Date(row.counted_at);
}

function seriesOf(period: Period, rows: readonly Row[]): Bucket[] {
  const byStart = new Map(rows.map((row) => [row.start, row]));
  return bucketsOf(period).map((start) => {
    const row = byStart.get(start);
    return { start, ...numbersOf(row ? [row] : []) };
  });
}

function numbersOf(rows: readonly Measures[]): Numbers {
  const total = (name: keyof Measures) => rows.reduce((sum, row) => sum + BigInt(row[name]), 0n);
  const [gross, fees, refunded, returned] = sums.map(total) as [bigint, bigint, bigint, bigint];
  const [created, payments, refunds, succeeded, failed] = counts.map((name) => Number(total(name))) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return {
    gross: minorToJson(gross),
    fees: minorToJson(fees),
    refunded: minorToJson(refunded),
    fees_returned: minorToJson(returned),
    net: minorToJson(gross - fees - refunded + returned),
    orders_created: created,
    payments,
    refunds,
    attempts_succeeded: succeeded,
    attempts_failed: failed,
    success_rate: share(succeeded, succeeded + failed),
    refund_rate: share(Number(refunded), Number(gross)),
  };
}

/** To a hundredth of a percent. */
function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
}

function sharesOf(slices: readonly SliceRow[], dimension: "method" | "channel" | "country"): Share[] {
  const byKey = new Map<string, { gross: bigint; payments: number }>();
  for (const slice of slices) {
    const sum = byKey.get(slice[dimension]) ?? { gross: 0n, payments: 0 };
    byKey.set(slice[dimension], {
      gross: sum.gross + BigInt(slice.gross),
      payments: sum.payments + Number(slice.payments),
    });
  }
  return [...byKey]
    .map(([key, { gross, payments }]) => ({ key, gross: minorToJson(gross), payments }))
    .sort((a, b) => b.gross - a.gross || (a.key < b.key ? -1 : 1));
}

function ownAccounts(book: readonly AccountBalance[]): AccountBalance[] {
  return book.filter(({ code }) => code === "merchant_pending" || code === "merchant_available");
}

function held(book: readonly AccountBalance[], wanted: string, currency: string): number {
  return minorToJson(book.find((entry) => entry.code === wanted && entry.currency === currency)?.balance ?? 0n);
}
