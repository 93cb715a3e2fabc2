import { exportFiles } from "#db/schema/exports";
import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { newId } from "#lib/kernel/ids";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { TooManyExports } from "./errors.ts";
import { writeExport } from "./run-export.ts";
import type { CreateExport } from "./schemas.ts";
import { sources } from "./sources.ts";
import { countUnfinished, type Export } from "./store.ts";

/** A merchant's own exports share its turn: more at once would only make each slower. */
const mostAtOnce = 5;

/** An export that no worker has finished by then is given up. */
const patienceMs = 24 * 3_600_000;

/**
 * Notes which list is wanted as a file; a job writes it. The rows are those of the moment at which their part is
 * written, newest first; what is made after the job has begun is not in it.
 *
 * @throws TooManyExports when five are unfinished
 */
export async function requestExport(ctx: Context, input: CreateExport): Promise<Export> {
  const { timeZone } = await loadMerchant(ctx);
  return ctx.transaction(async (tx) => {
    if ((await countUnfinished(tx)) >= mostAtOnce) throw new TooManyExports(mostAtOnce);
    const { object: list, format, filters } = input;
    const [row] = await tx.db
      .insert(exportFiles)
      .values({
        merchantId: tx.merchantId,
        id: newId("export", tx.merchantId, tx.now.getTime()),
        livemode: tx.livemode,
        list,
        format,
        filters,
        columns: input.columns ?? [...sources[list].columns],
        locale: input.locale ?? ctx.locale,
        timeZone,
        status: "pending",
        requestedByType: ctx.actor.type,
        requestedById: ctx.actor.id,
        expiresAt: new Date(tx.now.getTime() + patienceMs),
        createdAt: tx.now,
      })
      .returning();
    if (!row) throw new Error("the export was not inserted");
    await recordAudit(tx, "export.request", row.id, { list, format, filters, columns: row.columns });
    await writeExport.enqueue(tx, { exportId: row.id });
    return row;
  });
}
