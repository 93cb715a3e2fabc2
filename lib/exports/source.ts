import type { z } from "@hono/zod-openapi";
import type { Tx } from "#db/tenancy";
import type { Permission } from "#lib/access/permissions";
import type { Cell } from "./cell.ts";
import { type ExportColumn, type ExportedList, exportColumns } from "./columns.ts";

export type Filters = Readonly<Record<string, string>>;

/** A row on its way into a file. */
export interface ExportRow {
  readonly id: string;
  cell(column: string): Cell;
}

/** A list that can be exported: the same rows in the same order as its route gives them. */
export interface Source {
  /** Who may read the list may have its file. */
  readonly permission: Permission;
  readonly filters: z.ZodType;
  /** In the order of the file. */
  readonly columns: readonly string[];
  /** One more than `limit`, so that the caller knows whether there are more. */
  read(tx: Tx, filters: Filters, page: { limit: number; startingAfter?: string }): Promise<readonly ExportRow[]>;
  /** How many rows there are; `most` and one more when there are more than that. */
  count(tx: Tx, filters: Filters, most: number): Promise<number>;
}

export function defineSource<Row, L extends ExportedList>(input: {
  list: L;
  permission: Permission;
  filters: z.ZodType;
  cells: Readonly<Record<ExportColumn<L>, (row: Row) => Cell>>;
  idOf(row: Row): string;
  read(tx: Tx, filters: Filters, page: { limit: number; startingAfter?: string }): Promise<readonly Row[]>;
  count(tx: Tx, filters: Filters, most: number): Promise<number>;
}): Source {
  const { permission, filters, idOf, count } = input;
  const cells: Readonly<Record<string, (row: Row) => Cell>> = input.cells;
  return {
    permission,
    filters,
    columns: exportColumns[input.list],
    count,
    async read(tx, wanted, page) {
      const rows = await input.read(tx, wanted, page);
      return rows.map((row) => ({ id: idOf(row), cell: (column) => cells[column]?.(row) }));
    },
  };
}
