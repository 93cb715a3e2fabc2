import { and, eq } from "drizzle-orm";
import { listEntries } from "#db/schema/lists";
import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { NotFound } from "#lib/kernel/errors";
import { ownList } from "./add-entry.ts";
import { forgetListUse } from "./in-use.ts";

/** @throws NotFound */
export async function removeEntry(ctx: Context, id: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    const [row] = await tx.db
      .delete(listEntries)
      .where(and(ownList(tx), eq(listEntries.id, id)))
      .returning();
    if (!row) throw new NotFound("list_entry");
    const { action, kind, hint, reason } = row;
    await recordAudit(tx, "list.remove", id, { before: { action, kind, hint, reason } });
    tx.afterCommit(() => forgetListUse(tx));
  });
}
