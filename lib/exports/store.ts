import { and, asc, count, desc, eq, gt, inArray, lt, type SQL } from "drizzle-orm";
import { exportFiles, exportParts } from "#db/schema/exports";
import type { Tx } from "#db/tenancy";
import { NotFound } from "#lib/kernel/errors";
import type { ExportedList } from "./columns.ts";
import { type ExportPart, nothingYet, type Progress } from "./part.ts";

export type Export = typeof exportFiles.$inferSelect;
export type ExportStatus = Export["status"];

export const unfinished = ["pending", "processing"] as const satisfies readonly ExportStatus[];

function own(tx: Tx, id: string): SQL | undefined {
  return and(eq(exportFiles.merchantId, tx.merchantId), eq(exportFiles.id, id), eq(exportFiles.livemode, tx.livemode));
}

/** @throws NotFound */
export async function getExport(tx: Tx, id: string): Promise<Export> {
  const [row] = await tx.db.select().from(exportFiles).where(own(tx, id));
  if (!row) throw new NotFound("export");
  return row;
}

/** Newest first, one more than asked. */
export async function listExports(
  tx: Tx,
  filter: { readonly limit: number; readonly startingAfter?: string; readonly lists: readonly ExportedList[] },
): Promise<Export[]> {
  return tx.db
    .select()
    .from(exportFiles)
    .where(
      and(
        eq(exportFiles.merchantId, tx.merchantId),
        eq(exportFiles.livemode, tx.livemode),
        inArray(exportFiles.list, [...filter.lists]),
        filter.startingAfter ? lt(exportFiles.id, filter.startingAfter) : undefined,
      ),
    )
    .orderBy(desc(exportFiles.id))
    .limit(filter.limit + 1);
}

export async function countUnfinished(tx: Tx): Promise<number> {
  const [row] = await tx.db
    .select({ rows: count() })
    .from(exportFiles)
    .where(
      and(
        eq(exportFiles.merchantId, tx.merchantId),
        eq(exportFiles.livemode, tx.livemode),
        inArray(exportFiles.status, [...unfinished]),
      ),
    );
  return row?.rows ?? 0;
}

/** @returns the changed export, or nothing when it is in another state by now */
export async function changeExport(
  tx: Tx,
  id: string,
  from: readonly ExportStatus[],
  change: Partial<Export>,
): Promise<Export | undefined> {
  const [row] = await tx.db
    .update(exportFiles)
    .set(change)
    .where(and(own(tx, id), inArray(exportFiles.status, [...from])))
    .returning();
  return row;
}

const { number, sheet, rows, sheetRows, sheetBytes, sheetCrc, lastId } = exportParts;
const progressColumns = { number, sheet, rows, sheetRows, sheetBytes, sheetCrc, lastId };

function partsOf(tx: Tx, exportId: string): SQL | undefined {
  return and(eq(exportParts.merchantId, tx.merchantId), eq(exportParts.exportId, exportId));
}

/** Up to the last committed part. */
export async function progressOf(tx: Tx, exportId: string): Promise<Progress> {
  const [last] = await tx.db
    .select(progressColumns)
    .from(exportParts)
    .where(partsOf(tx, exportId))
    .orderBy(desc(exportParts.number))
    .limit(1);
  return last ?? nothingYet;
}

/** @returns false when somebody else has written this part: two workers hold the same job */
export async function insertPart(tx: Tx, part: ExportPart): Promise<boolean> {
  const rows = await tx.db
    .insert(exportParts)
    .values(part)
    .onConflictDoNothing()
    .returning({ number: exportParts.number });
  return rows.length > 0;
}

export async function deleteParts(tx: Tx, exportId: string): Promise<void> {
  await tx.db.delete(exportParts).where(partsOf(tx, exportId));
}

export interface SheetEnd {
  readonly sheet: number;
  readonly bytes: number;
  readonly crc: number;
}

/** Each sheet's length and checksum, as its last part left them. */
export async function sheetEnds(tx: Tx, exportId: string): Promise<SheetEnd[]> {
  return tx.db
    .selectDistinctOn([exportParts.sheet], {
      sheet: exportParts.sheet,
      bytes: exportParts.sheetBytes,
      crc: exportParts.sheetCrc,
    })
    .from(exportParts)
    .where(partsOf(tx, exportId))
    .orderBy(asc(exportParts.sheet), desc(exportParts.number));
}

/** The part after that number; undefined behind the last one. */
export async function partAfter(tx: Tx, exportId: string, number: number) {
  const [part] = await tx.db
    .select({ number: exportParts.number, sheet: exportParts.sheet, content: exportParts.content })
    .from(exportParts)
    .where(and(partsOf(tx, exportId), gt(exportParts.number, number)))
    .orderBy(asc(exportParts.number))
    .limit(1);
  return part;
}
