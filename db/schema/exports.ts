import { sql } from "drizzle-orm";
import { bigint, customType, foreignKey, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, instant, livemode, merchantId } from "./columns.ts";
import { merchants } from "./merchants.ts";

export const exportStatuses = ["pending", "processing", "succeeded", "failed", "canceled", "expired"] as const;
export const exportedLists = ["orders", "refunds", "transactions"] as const;
export const exportFormats = ["csv", "xlsx"] as const;

const bytes = customType<{ data: Buffer<ArrayBuffer> }>({ dataType: () => "bytea" });

/** A list on its way into a file, written by a job. */
export const exportFiles = pgTable(
  "exports",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    livemode: livemode(),
    list: text("list", { enum: exportedLists }).notNull(),
    format: text("format", { enum: exportFormats }).notNull(),
    /** As the list's own address carries them. */
    filters: jsonb("filters").$type<Record<string, string>>().notNull(),
    columns: jsonb("columns").$type<string[]>().notNull(),
    /** Of the words in the file. */
    locale: text("locale").notNull(),
    /** IANA name: the merchant's when the export was asked for. */
    timeZone: text("time_zone").notNull(),
    status: text("status", { enum: exportStatuses }).notNull(),
    /** Rows in committed parts. */
    rowsDone: integer("rows_done").notNull().default(0),
    /** Counted when the job begins. */
    rowsTotal: integer("rows_total"),
    failureCode: text("failure_code"),
    requestedByType: text("requested_by_type").notNull(),
    requestedById: text("requested_by_id").notNull(),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
    /** Of a finished file: when it is removed. Before: when it is given up. */
    expiresAt: instant("expires_at").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({ columns: [t.merchantId], foreignColumns: [merchants.merchantId], name: "exports_merchant" }),
    index("exports_newest_first").on(t.merchantId, t.livemode, t.id),
    index("exports_to_end").on(t.expiresAt).where(sql`status in ('pending', 'processing', 'succeeded')`), // removal sweep
  ],
);

/**
 * A stretch of an export's file. In the database and not in a folder: the process that writes it, the one that goes on
 * after a crash and the one that serves the download need share nothing else, and a part commits together with the
 * progress that it stands for. Its running sums are all that the next part has to know.
 */
export const exportParts = pgTable(
  "export_parts",
  {
    merchantId: merchantId(),
    exportId: text("export_id").notNull(),
    /** 1, 2, 3 … */
    number: integer("number").notNull(),
    /** A workbook has a sheet for each million rows; a CSV file has one. */
    sheet: integer("sheet").notNull(),
    /** Raw deflate, ended by a flush: parts of a sheet after each other are one stream without its end. */
    content: bytes("content").notNull(),
    /** Of the export up to and including this part. */
    rows: integer("rows").notNull(),
    /** Of the sheet up to and including this part: rows, bytes before compression, CRC-32 over them. */
    sheetRows: integer("sheet_rows").notNull(),
    sheetBytes: bigint("sheet_bytes", { mode: "number" }).notNull(),
    sheetCrc: bigint("sheet_crc", { mode: "number" }).notNull(),
    /** The row after which the next part begins; none when there is no row at all. */
    lastId: text("last_id"),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.exportId, t.number] }),
    foreignKey({
      columns: [t.merchantId, t.exportId],
      foreignColumns: [exportFiles.merchantId, exportFiles.id],
      name: "export_parts_export",
    }).onDelete("cascade"),
  ],
);
