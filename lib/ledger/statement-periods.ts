import { sql } from "drizzle-orm";
import type { Tx } from "#db/tenancy";
import type { CurrencyCode } from "#lib/kernel/currency";
import { InvalidParam } from "#lib/kernel/errors";
import { type AccountCode, accountId, normalSideOf } from "./accounts.ts";
import { inNormalDirection, sidesAt } from "./balance.ts";

export interface PeriodsQuery {
  readonly code: AccountCode;
  readonly currency: CurrencyCode;
  readonly from: Date;
  /** Not included. */
  readonly to: Date;
  readonly by: "day" | "month";
  /** IANA name: where a day begins. */
  readonly timeZone: string;
}

/** A day or month in which the account moved, in the account's normal direction, minor units. */
export interface StatementPeriod {
  /** `2026-11-21`, or the first day of the month. */
  readonly start: string;
  readonly opening: bigint;
  readonly increase: bigint;
  readonly decrease: bigint;
  readonly closing: bigint;
  readonly transfers: number;
}

const dayMs = 86_400_000;
const mostDays = 400;

/**
 * An account's statement summed up by the days or months of a time zone, oldest first; those without a transfer are left
 * out. Booked times count, as in `accountStatement`.
 *
 * @throws InvalidParam when the range is longer than 400 days or ends before it begins
 */
export async function statementPeriods(tx: Tx, query: PeriodsQuery): Promise<StatementPeriod[]> {
  const { code, from, to } = query;
  const longest = new Date(from.getTime() + mostDays * dayMs);
  if (to < from || to > longest) {
    throw new InvalidParam("out_of_range", "to", { minimum: from.toISOString(), maximum: longest.toISOString() });
  }
  const account = accountId(tx.merchantId, tx.livemode, code, query.currency);
  let balance = await balanceBefore(tx, code, account, from);
  return (await sums(tx, account, query)).map((row) => {
    const [increase, decrease] =
      normalSideOf(code) === "debit"
        ? [BigInt(row.debits), BigInt(row.credits)]
        : [BigInt(row.credits), BigInt(row.debits)];
    const opening = balance;
    balance += increase - decrease;
    return { start: row.start, opening, increase, decrease, closing: balance, transfers: Number(row.transfers) };
  });
}

async function balanceBefore(tx: Tx, code: AccountCode, account: string, moment: Date): Promise<bigint> {
  const [row] = await tx.db.execute<{ debits: string; credits: string }>(sql`
    select sides.debits, sides.credits from ledger_accounts a ${sidesAt(new Date(moment.getTime() - 1))}
    where a.merchant_id = ${tx.merchantId} and a.id = ${account}`);
  return row ? inNormalDirection(code, row) : 0n;
}

interface Sums extends Record<string, unknown> {
  readonly start: string;
  readonly debits: string;
  readonly credits: string;
  readonly transfers: string;
}

/**
 * Each period by its own range of each side's index. Told from the rows, as a day for each of a million transfers, it would
 * take ten times as long.
 */
async function sums(tx: Tx, account: string, { from, to, by, timeZone }: PeriodsQuery): Promise<Sums[]> {
  const within = (side: "debit" | "credit") => sql`
    select coalesce(sum(t.amount), 0) as total, count(*) as transfers
    from ledger_transfers t
    where t.merchant_id = ${tx.merchantId} and t.${sql.identifier(`${side}_account_id`)} = ${account}
      and t.created_at >= greatest(period.start at time zone ${timeZone}, ${from.toISOString()}::timestamptz)
      and t.created_at < least((period.start + ${`1 ${by}`}::interval) at time zone ${timeZone}, ${to.toISOString()}::timestamptz)`;
  return tx.db.execute<Sums>(sql`
    select to_char(period.start, 'YYYY-MM-DD') as start, debit.total as debits, credit.total as credits,
      debit.transfers + credit.transfers as transfers
    from generate_series(date_trunc(${by}, ${from.toISOString()}::timestamptz at time zone ${timeZone}),
        ${to.toISOString()}::timestamptz at time zone ${timeZone}, ${`1 ${by}`}::interval) as period(start)
      cross join lateral (${within("debit")}) debit
      cross join lateral (${within("credit")}) credit
    where debit.transfers + credit.transfers > 0
    order by period.start`);
}
