import { sql } from "drizzle-orm";
import { savedViews } from "#db/schema/saved-views";
import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { newId } from "#lib/kernel/ids";
import { TooManySavedViews } from "./errors.ts";
import type { SaveView } from "./schemas.ts";
import { listViews, type SavedView } from "./store.ts";

/** Of one person and list: as many as a menu can show. */
export const mostViews = 50;

/**
 * Keeps a list's filters and columns under a name, for who calls alone. A name that is taken is given the new settings.
 *
 * @throws TooManySavedViews
 */
export async function saveView(ctx: Context, input: SaveView): Promise<SavedView> {
  const { list, name, filters, columns, density } = input;
  return ctx.transaction(async (tx) => {
    const { merchantId, now } = tx;
    const userId = ctx.actor.id;
    // Two that are saved at once must not both count forty-nine.
    await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`saved_views:${userId}`}, 0))`);
    const mine = await listViews(tx, list);
    if (mine.length >= mostViews && !mine.some((view) => view.name === name)) throw new TooManySavedViews(mostViews);

    const settings = { filters, columns, density };
    const id = newId("savedView", merchantId, now.getTime());
    const [view] = await tx.db
      .insert(savedViews)
      .values({ merchantId, id, userId, list, name, settings, createdAt: now })
      .onConflictDoUpdate({
        target: [savedViews.merchantId, savedViews.userId, savedViews.list, savedViews.name],
        set: { settings, updatedAt: now },
      })
      .returning();
    if (!view) throw new Error("insert returned no row");
    await recordAudit(tx, "saved_view.save", view.id, { list, name });
    return view;
  });
}
