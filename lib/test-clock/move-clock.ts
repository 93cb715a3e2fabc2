import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { AppError, InvalidParam } from "#lib/kernel/errors";
import { clockJson, lockOffset, refuseLive } from "./read-clock.ts";
import { longestAheadMs, type MoveClock, type TestClock } from "./schemas.ts";
import { setOffset } from "./set-offset.ts";

/**
 * Moves the clock of test mode forward. Whatever becomes due by it (expiry, queries, retries) is done within half a
 * minute, by the sweeps; live mode keeps the real time.
 *
 * @throws InvalidParam out_of_range when it would go backwards, or more than 366 days ahead
 * @throws AppError test_mode_only; test_clock_busy while the past of a demo merchant is being made
 */
export async function moveClock(ctx: Context, input: MoveClock): Promise<TestClock> {
  refuseLive(ctx);
  return ctx.transaction(async (tx) => {
    const offsetMs = await lockOffset(tx);
    if (offsetMs < 0) throw new AppError("conflict", "test_clock_busy");
    const { realNow } = ctx;
    const realMs = realNow.getTime();
    const before = new Date(realMs + offsetMs);
    const after = "to" in input ? new Date(input.to) : new Date(before.getTime() + input.advance_seconds * 1_000);
    const latest = new Date(realMs + longestAheadMs);
    if (after <= before || after > latest) {
      const param = "to" in input ? "to" : "advance_seconds";
      throw new InvalidParam("out_of_range", param, { minimum: before.toISOString(), maximum: latest.toISOString() });
    }
    await recordAudit(tx, "test_clock.move", tx.merchantId, { before: told(before), after: told(after) });
    await setOffset(tx, after.getTime() - realMs);
    return clockJson(realNow, after.getTime() - realMs);
  });
}

function told(at: Date) {
  return { now: at.toISOString() };
}
