import type { Context } from "#db/tenancy";
import { loadMerchant } from "#lib/merchants/load-merchant";

/**
 * The same caller at the time of the merchant's test clock. Whatever opens a context for a merchant's work passes it
 * through here; the offset comes with the merchant's row, which is kept for five seconds anyway.
 */
export async function atTestTime(ctx: Context): Promise<Context> {
  if (ctx.livemode) return ctx;
  const { testClockOffsetMs } = await loadMerchant(ctx);
  return testClockOffsetMs === 0 ? ctx : ctx.with({ testOffsetMs: testClockOffsetMs });
}
