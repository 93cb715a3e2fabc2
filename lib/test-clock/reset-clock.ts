import { sql } from "drizzle-orm";
import type { Context, Tx } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { AppError } from "#lib/kernel/errors";
import { idsFrom } from "#lib/kernel/ids";
import { clockJson, lockOffset, refuseLive } from "./read-clock.ts";
import type { TestClock } from "./schemas.ts";
import { setOffset } from "./set-offset.ts";

/**
 * Puts test mode back on the real time, as long as nothing has been made ahead of it: an order must not be older than
 * the refund that it already has.
 *
 * @throws AppError test_mode_only; test_clock_in_use when something was made in the future; test_clock_busy
 */
export async function resetClock(ctx: Context): Promise<TestClock> {
  refuseLive(ctx);
  return ctx.transaction(async (tx) => {
    const offsetMs = await lockOffset(tx);
    if (offsetMs < 0) throw new AppError("conflict", "test_clock_busy");
    const { realNow } = ctx;
    if (offsetMs === 0) return clockJson(realNow, 0);
    if (await hasFuture(tx, realNow)) throw new AppError("conflict", "test_clock_in_use");
    const before = { now: tx.now.toISOString() };
    await recordAudit(tx, "test_clock.reset", tx.merchantId, { before, after: { now: realNow.toISOString() } });
    await setOffset(tx, 0);
    return clockJson(realNow, 0);
  });
}

/** Ids begin with their time, and whatever happens to an order leaves an event, an attempt or a refund. */
async function hasFuture(tx: Tx, now: Date): Promise<boolean> {
  const { merchantId, livemode } = tx;
  const made = (table: "orders" | "events" | "attempts" | "refunds", kind: "order" | "event" | "attempt" | "refund") =>
    sql`exists (select from ${sql.raw(table)} where merchant_id = ${merchantId} and livemode = ${livemode}
      and id >= ${idsFrom(kind, merchantId, now)})`;
  const [row] = await tx.db.execute<{ found: boolean }>(sql`
    select ${made("orders", "order")} or ${made("events", "event")} or ${made("attempts", "attempt")}
      or ${made("refunds", "refund")} as found`);
  return row?.found ?? false;
}
