import { and, desc, eq, gt, inArray, isNull, lt, lte, or } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { platformListEntries } from "#db/schema/lists";
import { AppError, NotFound } from "#lib/kernel/errors";
import { newPlatformId } from "#lib/kernel/ids";
import { draftEntry, type EntryDraft, type NewEntry } from "#lib/lists/draft";
import { ListEntryExists, ListFull } from "#lib/lists/errors";
import { draftImport, type Imported, type ImportInput, mostImported } from "#lib/lists/import";
import { forgetListUse } from "#lib/lists/in-use";
import { type EntryFilter, wantedMatch } from "#lib/lists/list-entries";
import { platformScope } from "#lib/lists/match";
import type { OperatorContext, OperatorTx } from "../context.ts";
import { recordDeed } from "../record.ts";

export type PlatformEntry = typeof platformListEntries.$inferSelect;

const mostEntries = 1_000_000;

/** The platform's own list, the newest first; one row more than the limit when there are more. */
export async function listPlatformEntries(filter: EntryFilter): Promise<PlatformEntry[]> {
  const { action, kind, limit, starting_after: after } = filter;
  const match = await wantedMatch(platformScope, filter);
  return operatorDatabase()
    .select()
    .from(platformListEntries)
    .where(
      and(
        action && eq(platformListEntries.action, action),
        kind && eq(platformListEntries.kind, kind),
        match ? eq(platformListEntries.match, match) : undefined,
        after ? lt(platformListEntries.id, after) : undefined,
      ),
    )
    .orderBy(desc(platformListEntries.id))
    .limit(limit + 1);
}

/** Blocks or allows a shopper at every merchant, within three seconds. @throws BadListValue, ListEntryExists, ListFull */
export async function addPlatformEntry(octx: OperatorContext, input: NewEntry): Promise<PlatformEntry> {
  const draft = await draftEntry(platformScope, input, octx.now);
  const row = await octx.transaction(async (tx) => {
    await requireRoom(tx, 1);
    const [added] = await insert(tx, [draft]);
    if (!added) {
      const [present] = await tx.db
        .select({ id: platformListEntries.id })
        .from(platformListEntries)
        .where(eq(platformListEntries.match, draft.match));
      throw new ListEntryExists(present?.id ?? "");
    }
    const { action, kind, hint, reason } = draft;
    await recordDeed(tx, { verb: "list.add", objectId: added.id, change: { after: { action, kind, hint, reason } } });
    return added;
  });
  forgetListUse();
  return row;
}

/** @throws ListFull, AppError list_import_too_long */
export async function importPlatformEntries(octx: OperatorContext, input: ImportInput): Promise<Imported> {
  const draft = await draftImport(platformScope, input, octx.now);
  if (draft.entries.length > mostImported) {
    throw new AppError("invalid_request", "list_import_too_long", { param: "text", detail: { limit: mostImported } });
  }
  const imported = await octx.transaction(async (tx) => {
    await requireRoom(tx, draft.entries.length);
    if (input.dry_run) {
      const matches = draft.entries.map((entry) => entry.match);
      const counting = or(isNull(platformListEntries.expiresAt), gt(platformListEntries.expiresAt, tx.now));
      const present = matches.length
        ? await tx.db.$count(platformListEntries, and(inArray(platformListEntries.match, matches), counting))
        : 0;
      return { added: matches.length - present, present, draft };
    }
    const added = (await insert(tx, draft.entries)).length;
    const { action, kind, reason } = input;
    await recordDeed(tx, { verb: "list.import", objectId: "platform", change: { action, kind, reason, added } });
    return { added, present: draft.entries.length - added, draft };
  });
  if (!input.dry_run) forgetListUse();
  return imported;
}

/** @throws NotFound */
export async function removePlatformEntry(octx: OperatorContext, id: string): Promise<void> {
  await octx.transaction(async (tx) => {
    const [row] = await tx.db.delete(platformListEntries).where(eq(platformListEntries.id, id)).returning();
    if (!row) throw new NotFound("list_entry");
    const { action, kind, hint, reason } = row;
    await recordDeed(tx, { verb: "list.remove", objectId: id, change: { before: { action, kind, hint, reason } } });
  });
  forgetListUse();
}

/** What ended is replaced; what counts stays. */
async function insert(tx: OperatorTx, drafts: readonly EntryDraft[]): Promise<PlatformEntry[]> {
  if (drafts.length === 0) return [];
  await tx.db.delete(platformListEntries).where(lte(platformListEntries.expiresAt, tx.now));
  const rows = drafts.map((draft) => ({
    ...draft,
    id: newPlatformId("listEntry", tx.now.getTime()),
    createdBy: tx.octx.operator.id,
    createdAt: tx.now,
  }));
  return tx.db.insert(platformListEntries).values(rows).onConflictDoNothing().returning();
}

/** @throws ListFull */
async function requireRoom(tx: OperatorTx, count: number): Promise<void> {
  if ((await tx.db.$count(platformListEntries)) + count > mostEntries) throw new ListFull(mostEntries);
}
