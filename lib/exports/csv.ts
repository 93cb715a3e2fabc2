import { stringify } from "csv-stringify/sync";
import { money, toDecimalString } from "#lib/kernel/money";
import type { Cell } from "./cell.ts";
import type { FileFormat } from "./file-format.ts";
import type { Words } from "./words.ts";

/** Without it, Excel on a Chinese system takes the file for GBK. */
const byteOrderMark = "\uFEFF";

const lines = (rows: string[][]) => stringify(rows, { record_delimiter: "\r\n" });

/** RFC 4180. */
export const csv: FileFormat = {
  contentType: "text/csv; charset=utf-8",
  rowsPerSheet: Number.POSITIVE_INFINITY,
  head: (columns, words) => byteOrderMark + lines([columns.map((column) => harmless(words.header(column)))]),
  rows: (rows, words) => lines(rows.map((row) => row.map((cell) => field(cell, words)))),
  foot: "",
};

function field(cell: Cell, words: Words): string {
  switch (cell?.kind) {
    case undefined:
      return "";
    case "text":
      return harmless(cell.text);
    case "word":
      return harmless(words.word(cell.path, cell.text));
    case "amount":
      return toDecimalString(money(cell.minor, cell.currency));
    case "integer":
      return cell.value.toString();
    case "moment":
      return new Date(words.wallClockMs(cell.at)).toISOString().slice(0, 19).replace("T", " ");
  }
}

/**
 * Text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection): a shopper's name
 * must not run anything on the accountant's machine. Our own amounts are numbers and need none.
 */
function harmless(text: string): string {
  return /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
}
