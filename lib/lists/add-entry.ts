import { and, eq, lte } from "drizzle-orm";
import { listEntries } from "#db/schema/lists";
import type { Context, Tx } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { newId } from "#lib/kernel/ids";
import { draftEntry, type EntryDraft, type NewEntry } from "./draft.ts";
import { ListEntryExists, ListFull } from "./errors.ts";
import { forgetListUse } from "./in-use.ts";

export type ListEntry = typeof listEntries.$inferSelect;

export const mostEntries = 100_000;

/** Puts a value on the merchant's list; it counts within three seconds. @throws BadListValue, ListEntryExists, ListFull */
export async function addEntry(ctx: Context, input: NewEntry): Promise<ListEntry> {
  const draft = await draftEntry(ctx.merchantId, input, ctx.now);
  return ctx.transaction(async (tx) => {
    await requireRoom(tx, 1);
    const [row] = await insertEntries(tx, [draft]);
    if (!row) throw new ListEntryExists(await idOf(tx, draft.match));
    const { action, kind, hint, reason } = draft;
    await recordAudit(tx, "list.add", row.id, { after: { action, kind, hint, reason } });
    return row;
  });
}

/** What ended is replaced; what counts stays. @returns the rows that are new */
export async function insertEntries(tx: Tx, drafts: readonly EntryDraft[]): Promise<ListEntry[]> {
  tx.afterCommit(() => forgetListUse(tx));
  if (drafts.length === 0) return [];
  await tx.db
    .delete(listEntries)
    .where(
      and(
        eq(listEntries.merchantId, tx.merchantId),
        eq(listEntries.livemode, tx.livemode),
        lte(listEntries.expiresAt, tx.now),
      ),
    );
  const rows = drafts.map((draft) => ({
    ...draft,
    merchantId: tx.merchantId,
    livemode: tx.livemode,
    id: newId("listEntry", tx.merchantId, tx.now.getTime()),
    createdBy: tx.ctx.actor.id,
    createdAt: tx.now,
  }));
  return tx.db.insert(listEntries).values(rows).onConflictDoNothing().returning();
}

async function idOf(tx: Tx, match: string): Promise<string> {
  const [row] = await tx.db
    .select({ id: listEntries.id })
    .from(listEntries)
    .where(and(ownList(tx), eq(listEntries.match, match)));
  return row?.id ?? "";
}

export function ownList(tx: Tx) {
  return and(eq(listEntries.merchantId, tx.merchantId), eq(listEntries.livemode, tx.livemode));
}

/** @throws ListFull */
export async function requireRoom(tx: Tx, count: number): Promise<void> {
  if ((await tx.db.$count(listEntries, ownList(tx))) + count > mostEntries) throw new ListFull(mostEntries);
}
