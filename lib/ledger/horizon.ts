import { type SQL, sql } from "drizzle-orm";

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

/** The end of a query for one batch. Written out, not a parameter, because the planner should know it. */
export function firstInOrder(batchSize: number): SQL {
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) throw new RangeError(`not a batch size: ${batchSize}`);
  return sql`order by created_at fetch first ${sql.raw(String(batchSize))} rows with ties`;
}
