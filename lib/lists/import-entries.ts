import { and, gt, inArray, isNull, or } from "drizzle-orm";
import { listEntries } from "#db/schema/lists";
import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { AppError } from "#lib/kernel/errors";
import { insertEntries, ownList, requireRoom } from "./add-entry.ts";
import { draftImport, type Imported, type ImportInput, mostImported } from "./import.ts";

/** Puts many values on the merchant's list, or only says what would come of it. @throws ListFull, AppError list_import_too_long */
export async function importEntries(ctx: Context, input: ImportInput): Promise<Imported> {
  const draft = await draftImport(ctx.merchantId, input, ctx.now);
  if (draft.entries.length > mostImported) {
    throw new AppError("invalid_request", "list_import_too_long", { param: "text", detail: { limit: mostImported } });
  }
  return ctx.transaction(async (tx) => {
    await requireRoom(tx, draft.entries.length);
    if (input.dry_run) {
      const matches = draft.entries.map((entry) => entry.match);
      const counting = or(isNull(listEntries.expiresAt), gt(listEntries.expiresAt, tx.now));
      const present = matches.length
        ? await tx.db.$count(listEntries, and(ownList(tx), inArray(listEntries.match, matches), counting))
        : 0;
      return { added: matches.length - present, present, draft };
    }
    const added = (await insertEntries(tx, draft.entries)).length;
    const { action, kind, reason } = input;
    await recordAudit(tx, "list.import", tx.merchantId, { action, kind, reason, added });
    return { added, present: draft.entries.length - added, draft };
  });
}
