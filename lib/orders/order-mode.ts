import { and, eq } from "drizzle-orm";
import { orders } from "#db/schema/orders";
import type { Context } from "#db/tenancy";
import { TimedCache } from "#lib/kernel/cache";
import { NotFound } from "#lib/kernel/errors";
import { processWide } from "#lib/kernel/globals";

const modes = processWide("order-modes", () => new TimedCache<boolean>({ ttlMs: 300_000, max: 50_000 }));

/** Which world an order belongs to; it never changes. For the shopper's side, which knows the order's id and nothing else. @throws NotFound */
export function orderMode(ctx: Context, id: string): Promise<boolean> {
  const read = () =>
    ctx.transaction(async (tx) => {
      const [order] = await tx.db
        .select({ livemode: orders.livemode })
        .from(orders)
        .where(and(eq(orders.merchantId, tx.merchantId), eq(orders.id, id)));
      if (!order) throw new NotFound("order");
      return order.livemode;
    });
  return modes.get(id, read, ctx.isInTransaction);
}

/** Most orders are looked at by a shopper right after they were made. */
export function rememberOrderMode(id: string, livemode: boolean): void {
  modes.set(id, livemode);
}
