/** Bills start with a byte order mark, so that spreadsheets read them as UTF-8. */
const byteOrderMark = "\ufeff";

export type BillRow = Readonly<Record<string, string>>;

/** One table of a bill: a plain heading, then rows in which a backtick stands before every value. */
function table(columns: readonly string[], rows: readonly BillRow[]): string {
  const lines = rows.map((row) => columns.map((column) => `\`${escaped(row[column] ?? "")}`).join(","));
  return [columns.join(","), ...lines].map((line) => `${line}\r\n`).join("");
}

/** A bill ends with a table of totals that has one row. */
export function billFile(columns: readonly string[], rows: readonly BillRow[], totals: BillRow): Buffer {
  return Buffer.from(byteOrderMark + table(columns, rows) + table(Object.keys(totals), [totals]));
}

/** Values never hold a comma or a line break of their own, so lines may be split at commas. */
function escaped(value: string): string {
  return value.replaceAll(",", "\\ ").replaceAll(/\r?\n/g, "\\n");
}

/** Fen as yuan with two decimals. */
export function yuan(fen: number): string {
  const digits = Math.abs(fen).toString().padStart(3, "0");
  return `${fen < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
