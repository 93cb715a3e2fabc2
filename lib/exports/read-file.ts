import { Zip, type ZipInputFile, ZipPassThrough } from "fflate";
import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import type { Locale } from "#lib/kernel/locale";
import { NoExportFile } from "./errors.ts";
import { fileFormats } from "./file-format.ts";
import { openPart, streamEnd } from "./part.ts";
import { type Export, getExport, partAfter, type SheetEnd, sheetEnds } from "./store.ts";
import { wordsFor } from "./words.ts";
import { workbookFiles } from "./xlsx.ts";

export interface ExportFile {
  readonly name: string;
  readonly contentType: string;
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * A finished export's file, part by part as its reader takes it. Who downloads it stands in the audit log.
 *
 * @throws NotFound
 * @throws NoExportFile when it is not finished, did not succeed or was removed
 */
export async function readExportFile(ctx: Context, id: string): Promise<ExportFile> {
  const { row, ends } = await ctx.transaction(async (tx) => {
    const found = await getExport(tx, id);
    if (found.status !== "succeeded" || found.expiresAt <= tx.now) throw new NoExportFile(found.status);
    await recordAudit(tx, "export.download", id);
    return { row: found, ends: await sheetEnds(tx, id) };
  });
  return {
    name: fileName(row),
    contentType: fileFormats[row.format].contentType,
    content: row.format === "csv" ? plainText(ctx, id) : workbook(ctx, row, ends),
  };
}

/** `orders-20261121-0814.csv`, by the merchant's clock. */
function fileName({ list, format, createdAt, timeZone, locale }: Export): string {
  const wall = new Date(wordsFor(locale as Locale, timeZone).wallClockMs(createdAt)).toISOString();
  const day = wall.slice(0, 10).replaceAll("-", "");
  return `${list}-${day}-${wall.slice(11, 16).replace(":", "")}.${format}`;
}

/** Each part in a transaction of its own: a slow reader must not hold a connection. */
async function* partsOf(ctx: Context, id: string) {
  let last = 0;
  for (;;) {
    const part = await ctx.transaction((tx) => partAfter(tx, id, last));
    if (!part) return;
    yield part;
    last = part.number;
  }
}

async function* plainText(ctx: Context, id: string): AsyncGenerator<Uint8Array> {
  for await (const part of partsOf(ctx, id)) yield await openPart(part.content);
}

/** The archive is put together here from sheets that lie there compressed; nothing of them is compressed again. */
async function* workbook(ctx: Context, row: Export, ends: readonly SheetEnd[]): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  const flush = () => {
    const chunks = ready;
    ready = [];
    return chunks;
  };
  const title = wordsFor(row.locale as Locale, row.timeZone).word(`dashboard.exports.lists.${row.list}`, row.list);
  const names = ends.map((_, index) => (ends.length === 1 ? title : `${title} ${index + 1}`));
  for (const [path, content] of Object.entries(workbookFiles(names))) {
    const file = new ZipPassThrough(path);
    zip.add(file);
    file.push(new TextEncoder().encode(content), true);
  }
  yield* flush();

  let open: ZipInputFile | undefined;
  let sheet = 0;
  for await (const part of partsOf(ctx, row.id)) {
    if (part.sheet !== sheet) {
      open?.ondata?.(null, streamEnd, true);
      sheet = part.sheet;
      open = compressedSheet(sheet, ends[sheet - 1]);
      zip.add(open);
    }
    open?.ondata?.(null, part.content, false);
    yield* flush();
  }
  open?.ondata?.(null, streamEnd, true);
  zip.end();
  yield* flush();
}

const deflated = 8;

function compressedSheet(sheet: number, end: SheetEnd | undefined): ZipInputFile {
  if (!end) throw new Error(`sheet ${sheet} has no end`);
  return {
    filename: `xl/worksheets/sheet${sheet}.xml`,
    size: end.bytes,
    crc: end.crc,
    compression: deflated,
  };
}
