import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { ExportNotCancelable } from "./errors.ts";
import { changeExport, deleteParts, type Export, getExport, unfinished } from "./store.ts";

/**
 * Ends an unfinished export; the job that writes it finds out with its next part.
 *
 * @throws NotFound
 * @throws ExportNotCancelable when it has ended already
 */
export async function cancelExport(ctx: Context, id: string): Promise<Export> {
  return ctx.transaction(async (tx) => {
    await getExport(tx, id);
    const canceled = await changeExport(tx, id, unfinished, { status: "canceled", finishedAt: tx.now });
    if (!canceled) throw new ExportNotCancelable();
    await deleteParts(tx, id);
    await recordAudit(tx, "export.cancel", id, { rows: canceled.rowsDone });
    return canceled;
  });
}
