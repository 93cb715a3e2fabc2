import { setImmediate as turn } from "node:timers/promises";
import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { defineJob } from "#lib/jobs/job";
import { crashpoint } from "#lib/kernel/crashpoint";
import type { Locale } from "#lib/kernel/locale";
import { fileFormats } from "./file-format.ts";
import { nextPart, type Progress } from "./part.ts";
import { sources } from "./sources.ts";
import { changeExport, type Export, insertPart, progressOf, unfinished } from "./store.ts";
import { type Words, wordsFor } from "./words.ts";

/** What is in memory at a time, twice over: the rows of one part and its text. */
const rowsPerPart = 2_000;

/**
 * How long a run works before it lines up behind other jobs again: then a worker that is asked to stop does so soon, and
 * a large export keeps nobody's small one waiting.
 */
const turnMs = 5_000;

/** Beyond, a workbook's archive would need more than four gigabytes, and nobody could open the file. */
const mostRows = 20_000_000;

const keptMs = 7 * 24 * 3_600_000;

/** Writes an export part by part. Run again after a crash, it goes on behind the last part that was committed. */
export const writeExport = defineJob<{ exportId: string }>("write_export", async (ctx, { exportId }) => {
  const begun = await begin(ctx, exportId);
  if (!begun) return;
  const words = wordsFor(begun.row.locale as Locale, begun.row.timeZone);
  const until = performance.now() + turnMs;
  let progress: Progress | undefined = begun.progress;
  while (progress && performance.now() < until) {
    progress = await writePart(ctx, begun.row, progress, words);
    await turn();
  }
  if (progress) await ctx.transaction((tx) => writeExport.enqueue(tx, { exportId }));
});

/** Counts the rows when it is the first to begin. @returns nothing when there is nothing (more) to be done */
async function begin(ctx: Context, exportId: string): Promise<{ row: Export; progress: Progress } | undefined> {
  return ctx.transaction(async (tx) => {
    const row = await changeExport(tx, exportId, unfinished, { status: "processing" });
    if (!row) return undefined;
    if (row.startedAt) return { row, progress: await progressOf(tx, exportId) };
    const total = await sources[row.list].count(tx, row.filters, mostRows);
    if (total > mostRows) {
      const failure = { status: "failed", failureCode: "too_many_rows", finishedAt: tx.now } as const;
      await changeExport(tx, exportId, unfinished, failure);
      await recordAudit(tx, "export.fail", exportId, { rows: total });
      return undefined;
    }
    await changeExport(tx, exportId, unfinished, { startedAt: tx.now, rowsTotal: total });
    return { row, progress: await progressOf(tx, exportId) };
  });
}

/** @returns how far the file has come, or nothing when it has ended: written, canceled, or in another worker's hands */
async function writePart(ctx: Context, row: Export, before: Progress, words: Words): Promise<Progress | undefined> {
  const source = sources[row.list];
  const format = fileFormats[row.format];
  const startsSheet = before.number === 0 || before.sheetRows >= format.rowsPerSheet;
  const limit = Math.min(rowsPerPart, startsSheet ? format.rowsPerSheet : format.rowsPerSheet - before.sheetRows);
  const found = await ctx.transaction((tx) =>
    source.read(tx, row.filters, { limit, ...(before.lastId && { startingAfter: before.lastId }) }),
  );
  const rows = found.slice(0, limit);
  const isLast = found.length <= limit;
  const isSheetFull = (startsSheet ? 0 : before.sheetRows) + rows.length >= format.rowsPerSheet;
  const cells = rows.map((entry) => row.columns.map((column) => entry.cell(column)));
  const part = await nextPart(before, {
    text: [
      startsSheet ? format.head(row.columns, words) : "",
      format.rows(cells, words),
      isLast || isSheetFull ? format.foot : "",
    ].join(""),
    rows: rows.length,
    lastId: rows.at(-1)?.id ?? before.lastId,
    startsSheet,
  });
  const isWritten = await commitPart(ctx, row, part, isLast);
  crashpoint("after-export-part");
  return isWritten && !isLast ? part : undefined;
}

async function commitPart(
  ctx: Context,
  row: Export,
  part: Progress & { content: Buffer<ArrayBuffer> },
  isLast: boolean,
): Promise<boolean> {
  return ctx
    .transaction(async (tx) => {
      const end = isLast
        ? { status: "succeeded" as const, finishedAt: tx.now, expiresAt: new Date(tx.now.getTime() + keptMs) }
        : {};
      // A file tells how many rows it has in the end, also when some were added or left the filter while it was written.
      const change = { rowsDone: part.rows, ...(isLast && { rowsTotal: part.rows }), ...end };
      const changed = await changeExport(tx, row.id, ["processing"], change);
      if (!changed) return false;
      if (!(await insertPart(tx, { ...part, merchantId: tx.merchantId, exportId: row.id }))) {
        throw new AnotherWorker();
      }
      if (isLast) await recordAudit(tx, "export.finish", row.id, { rows: part.rows });
      return true;
    })
    .catch((error: unknown) => {
      if (error instanceof AnotherWorker) return false;
      throw error;
    });
}

/** Rolls back what this worker was about to say of a part that another one has written. */
class AnotherWorker extends Error {}
