import { sql } from "drizzle-orm";
import type { ListKind } from "#db/schema/lists";
import { appDatabase, type Context } from "#db/tenancy";
import { TimedCache } from "#lib/kernel/cache";
import { processWide } from "#lib/kernel/globals";

/** Which kinds of entries a list holds. Without one that blocks, nobody has to be looked up. */
export interface ListUse {
  readonly hasBlocks: boolean;
  readonly kinds: ReadonlySet<ListKind>;
}

interface UseRow extends Record<string, unknown> {
  readonly action: string;
  readonly kind: ListKind;
}

const cache = processWide("lists-in-use", () => new TimedCache<ListUse>({ ttlMs: 3_000, max: 20_000 }));

const every = sql`(values ('block'), ('allow')) as a(action),
  (values ('card'), ('device'), ('ip'), ('email'), ('customer')) as k(kind)`;

function useOf(rows: readonly UseRow[]): ListUse {
  return { hasBlocks: rows.some((row) => row.action === "block"), kinds: new Set(rows.map((row) => row.kind)) };
}

/** Of the merchant's own list; at most three seconds old. */
export function merchantListUse(ctx: Context): Promise<ListUse> {
  const read = () =>
    ctx.transaction(async (tx) =>
      useOf(
        await tx.db.execute<UseRow>(sql`
          select a.action, k.kind from ${every} where exists (
            select from list_entries e where e.merchant_id = ${tx.merchantId} and e.livemode = ${tx.livemode}
              and e.action = a.action and e.kind = k.kind)`),
      ),
    );
  return cache.get(`${ctx.merchantId}:${ctx.livemode}`, read, ctx.isInTransaction);
}

/** Of the platform's list; at most three seconds old. */
export function platformListUse(): Promise<ListUse> {
  return cache.get("platform", async () =>
    useOf(
      await appDatabase().execute<UseRow>(sql`
        select a.action, k.kind from ${every} where exists (
          select from platform_list_entries e where e.action = a.action and e.kind = k.kind)`),
    ),
  );
}

export function forgetListUse(ctx?: { readonly merchantId: string; readonly livemode: boolean }): void {
  cache.forget(ctx ? `${ctx.merchantId}:${ctx.livemode}` : "platform");
}
