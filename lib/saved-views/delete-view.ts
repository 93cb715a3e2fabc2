import { and, eq } from "drizzle-orm";
import { savedViews } from "#db/schema/saved-views";
import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { NotFound } from "#lib/kernel/errors";
import { ownViews, type SavedView } from "./store.ts";

/** Forgets a view of who calls. @throws NotFound, also for a colleague's view */
export async function deleteView(ctx: Context, id: string): Promise<SavedView> {
  return ctx.transaction(async (tx) => {
    const [view] = await tx.db
      .delete(savedViews)
      .where(and(ownViews(tx), eq(savedViews.id, id)))
      .returning();
    if (!view) throw new NotFound("saved_view");
    await recordAudit(tx, "saved_view.delete", id, { list: view.list, name: view.name });
    return view;
  });
}
