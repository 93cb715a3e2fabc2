import { eq } from "drizzle-orm";
import { merchants } from "#db/schema/merchants";
import type { Context, Tx } from "#db/tenancy";
import { AppError, NotFound } from "#lib/kernel/errors";
import { longestAheadMs, type TestClock } from "./schemas.ts";

/** @throws AppError test_mode_only */
export function refuseLive(ctx: Context): void {
  if (ctx.livemode) throw new AppError("forbidden", "test_mode_only");
}

/** The merchant's test clock as it stands in the database. @throws AppError test_mode_only */
export async function readClock(ctx: Context): Promise<TestClock> {
  refuseLive(ctx);
  return ctx.transaction(async (tx) => clockJson(ctx.realNow, await offsetOf(tx)));
}

/** Locked, so that two who move the clock at once both move it. */
export async function lockOffset(tx: Tx): Promise<number> {
  const own = eq(merchants.merchantId, tx.merchantId);
  const [row] = await tx.db
    .select({ offsetMs: merchants.testClockOffsetMs })
    .from(merchants)
    .where(own)
    .for("no key update");
  if (!row) throw new NotFound("merchant");
  return row.offsetMs;
}

async function offsetOf(tx: Tx): Promise<number> {
  const [row] = await tx.db
    .select({ offsetMs: merchants.testClockOffsetMs })
    .from(merchants)
    .where(eq(merchants.merchantId, tx.merchantId));
  if (!row) throw new NotFound("merchant");
  return row.offsetMs;
}

export function clockJson(realNow: Date, offsetMs: number): TestClock {
  const realMs = realNow.getTime();
  return {
    object: "test_clock",
    now: new Date(realMs + offsetMs).toISOString(),
    real_now: realNow.toISOString(),
    ahead_seconds: Math.round(offsetMs / 1_000),
    latest: new Date(realMs + longestAheadMs).toISOString(),
  };
}
