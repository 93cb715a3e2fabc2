import type { exportFormats } from "#db/schema/exports";
import type { Cell } from "./cell.ts";
import { csv } from "./csv.ts";
import type { Words } from "./words.ts";
import { xlsx } from "./xlsx.ts";

export type ExportFormat = (typeof exportFormats)[number];

/** How a list is written down: sheets of rows, each a text that is made from its top to its end. */
export interface FileFormat {
  readonly contentType: string;
  /** Rows of a sheet under its header. */
  readonly rowsPerSheet: number;
  head(columns: readonly string[], words: Words): string;
  rows(rows: readonly (readonly Cell[])[], words: Words): string;
  readonly foot: string;
}

export const fileFormats: Readonly<Record<ExportFormat, FileFormat>> = { csv, xlsx };
