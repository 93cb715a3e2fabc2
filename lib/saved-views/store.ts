import { and, asc, eq, type SQL } from "drizzle-orm";
import { savedViews, type ViewList } from "#db/schema/saved-views";
import type { Tx } from "#db/tenancy";

export type SavedView = typeof savedViews.$inferSelect;

/** Views belong to who calls: a person, or a key. */
export function ownViews(tx: Tx, list?: ViewList): SQL | undefined {
  return and(
    eq(savedViews.merchantId, tx.merchantId),
    eq(savedViews.userId, tx.ctx.actor.id),
    list ? eq(savedViews.list, list) : undefined,
  );
}

/** By name. Bounded by `mostViews` a list. */
export async function listViews(tx: Tx, list?: ViewList): Promise<SavedView[]> {
  return tx.db.select().from(savedViews).where(ownViews(tx, list)).orderBy(asc(savedViews.name));
}

export function savedViewJson({ id, list, name, settings, createdAt }: SavedView) {
  return {
    id,
    object: "saved_view" as const,
    list,
    name,
    filters: { ...settings.filters },
    columns: [...settings.columns],
    density: settings.density,
    created_at: createdAt.toISOString(),
  };
}
