import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/tenancy";

/** A transaction lives 10 s at most (timeouts of the app's role enforce it); the rest is margin for the clock. */
export const defaultMinimumAgeMs = 15_000;

export interface FoldOptions {
  /** How old a transfer must be. Lower only where nobody else writes to the book. */
  readonly minimumAgeMs?: number;
  /** Transfers that one statement takes; more when many share a moment, which is never torn apart. */
  readonly batchSize?: number;
}

/**
 * The moment on the database server's clock up to which the book is complete: no open transaction can still bring a
 * transfer created before it. Where the timeouts of the app's role bound statements but not whole transactions
 * (PostgreSQL before 17), its oldest open transaction is the bound.
 */
export function completeUntil({ minimumAgeMs = defaultMinimumAgeMs }: FoldOptions): SQL {
  return sql`(
    select least(
      clock_timestamp() - make_interval(secs => ${minimumAgeMs}::float8 / 1000),
      min(xact_start) - interval '1 millisecond'
    ) from pg_stat_activity where datname = current_database() and usename = current_user)`;
}

/**
 * The same by the merchant's test clock, which moves what is booked in test mode. After a move there is none for twice
 * the age: processes may write with the old offset for five seconds more, and what they write lies behind the new one.
 */
export function bookCompleteUntil(tx: Tx, options: FoldOptions): SQL {
  if (tx.livemode) return completeUntil(options);
  const { minimumAgeMs = defaultMinimumAgeMs } = options;
  return sql`(
    select case
      when m.test_clock_moved_at > clock_timestamp() - make_interval(secs => ${minimumAgeMs}::float8 / 500) then '-infinity'
      else ${completeUntil(options)} + coalesce(m.test_clock_offset_ms, 0) * interval '1 millisecond'
    end
    from (values (1)) always left join merchants m on m.merchant_id = ${tx.merchantId})`;
}

/** The end of a query for one batch. Written out, not a parameter, because the planner should know it. */
export function firstInOrder(batchSize: number): SQL {
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) throw new RangeError(`not a batch size: ${batchSize}`);
  return sql`order by created_at fetch first ${sql.raw(String(batchSize))} rows with ties`;
}
