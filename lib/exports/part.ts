import { promisify } from "node:util";
import { constants, crc32, deflateRaw, inflateRaw } from "node:zlib";
import type { exportParts } from "#db/schema/exports";

export type ExportPart = typeof exportParts.$inferSelect;
/** How far a file has come: all that the next part has to know of those before it. */
export type Progress = Omit<ExportPart, "merchantId" | "exportId" | "content">;

export const nothingYet: Progress = {
  number: 0,
  sheet: 1,
  rows: 0,
  sheetRows: 0,
  sheetBytes: 0,
  sheetCrc: 0,
  lastId: null,
};

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Files are many and read once or twice: the fastest level makes them four times smaller, the next ones cost more than they save. */
const level = 1;

/** The next stretch of a sheet; `text` is what it adds, `rows` how many rows that is. */
export async function nextPart(
  before: Progress,
  input: { text: string; rows: number; lastId: string | null; startsSheet: boolean },
): Promise<Progress & { content: Buffer<ArrayBuffer> }> {
  const bytes = Buffer.from(input.text);
  const isNewSheet = input.startsSheet;
  const of = isNewSheet ? { rows: 0, bytes: 0, crc: 0 } : sheetOf(before);
  return {
    number: before.number + 1,
    sheet: isNewSheet && before.number > 0 ? before.sheet + 1 : before.sheet,
    // Flushed and without an end: parts after each other are one stream, and each can be read alone.
    content: (await deflate(bytes, { level, finishFlush: constants.Z_FULL_FLUSH })) as Buffer<ArrayBuffer>,
    rows: before.rows + input.rows,
    sheetRows: of.rows + input.rows,
    sheetBytes: of.bytes + bytes.length,
    sheetCrc: crc32(bytes, of.crc),
    lastId: input.lastId,
  };
}

function sheetOf(progress: Progress) {
  return { rows: progress.sheetRows, bytes: progress.sheetBytes, crc: progress.sheetCrc };
}

/** What a part's stretch says, uncompressed. */
export async function openPart(content: Buffer): Promise<Buffer> {
  return (await inflate(content, { finishFlush: constants.Z_SYNC_FLUSH })) as Buffer<ArrayBuffer>;
}

/** An empty last block: ends a stream of parts. */
export const streamEnd = Buffer.from([0x03, 0x00]);
