import { eq } from "drizzle-orm";
import { merchants } from "#db/schema/merchants";
import type { Context } from "#db/tenancy";
import { TimedCache } from "#lib/kernel/cache";
import { NotFound } from "#lib/kernel/errors";
import { processWide } from "#lib/kernel/globals";

export type Merchant = typeof merchants.$inferSelect;

/** Five seconds: a changed setting or a suspension takes effect everywhere within that time. */
const cache = processWide("merchant-cache", () => new TimedCache<Merchant>({ ttlMs: 5_000, max: 10_000 }));

/** The caller's merchant with its settings and branding, at most five seconds old. @throws NotFound */
export function loadMerchant(ctx: Context): Promise<Merchant> {
  const read = () =>
    ctx.transaction(async (tx) => {
      const [row] = await tx.db.select().from(merchants).where(eq(merchants.merchantId, tx.merchantId));
      if (!row) throw new NotFound("merchant");
      return row;
    });
  return cache.get(ctx.merchantId, read, ctx.isInTransaction);
}

export function forgetMerchant(merchantId: string): void {
  cache.forget(merchantId);
}
