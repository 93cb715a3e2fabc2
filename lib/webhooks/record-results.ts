import { command } from "#db/statement";
import type { Tx } from "#db/tenancy";
import type { Verdict } from "./verdict.ts";

/** One finished try. */
export interface TryResult {
  readonly deliveryId: string;
  /** 1, 2, 3 … */
  readonly number: number;
  readonly at: Date;
  readonly durationMs: number;
  readonly verdict: Verdict;
}

const writeResults = command<{ delivery_id: string }>(`
  with result as materialized (
    select * from json_to_recordset($2::json) as r (
      id text, number int, at timestamptz, duration_ms int, status text, next_try_at timestamptz,
      response_status int, response_body text, error text)
  ), moved as (
    update webhook_deliveries d set
      status = r.status, try_count = r.number, next_try_at = r.next_try_at, response_status = r.response_status,
      response_body = r.response_body, error = r.error, duration_ms = r.duration_ms, last_try_at = r.at
    from result r
    where d.merchant_id = $1 and d.id = r.id and d.status = 'pending' and d.try_count = r.number - 1
    returning d.id
  )
  insert into webhook_tries (merchant_id, delivery_id, number, at, response_status, error, response_body, duration_ms)
  select $1, r.id, r.number, r.at, r.response_status, r.error, r.response_body, r.duration_ms
  from result r join moved using (id)
  returning delivery_id`);

/**
 * Writes the outcome of tries to their deliveries and to the log, all in one statement. A delivery that has moved on in
 * the meantime (its claim had run out and another worker took it) is left alone.
 *
 * @returns the results that were written
 */
export async function recordResults(tx: Tx, results: readonly TryResult[]): Promise<TryResult[]> {
  const rows = results.map(({ deliveryId, number, at, durationMs, verdict }) => ({
    id: deliveryId,
    number,
    at: at.toISOString(),
    duration_ms: durationMs,
    status: verdict.status,
    next_try_at: verdict.nextTryAt?.toISOString() ?? null,
    response_status: verdict.responseStatus ?? null,
    response_body: verdict.responseBody ?? null,
    error: verdict.error ?? null,
  }));
  const written = await writeResults(tx, [tx.merchantId, JSON.stringify(rows)]);
  const ids = new Set(written.map((row) => row.delivery_id));
  return results.filter((result) => ids.has(result.deliveryId));
}
