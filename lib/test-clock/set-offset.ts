import { eq, sql } from "drizzle-orm";
import { merchants } from "#db/schema/merchants";
import type { Tx } from "#db/tenancy";
import { forgetMerchant } from "#lib/merchants/load-merchant";

/** Puts test mode's clock so far from the real one, in this process at once and in others within five seconds. */
export async function setOffset(tx: Tx, offsetMs: number): Promise<void> {
  await tx.db
    .update(merchants)
    .set({ testClockOffsetMs: Math.round(offsetMs), testClockMovedAt: sql`clock_timestamp()` })
    .where(eq(merchants.merchantId, tx.merchantId));
  tx.afterCommit(() => forgetMerchant(tx.merchantId));
}
