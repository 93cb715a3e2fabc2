import { z } from "@hono/zod-openapi";
import { exportedLists, exportFormats, exportStatuses } from "#db/schema/exports";
import { locales } from "#lib/kernel/locale";
import { sources } from "./sources.ts";
import type { Export } from "./store.ts";

export const createExportSchema = z
  .strictObject({
    object: z.enum(exportedLists).openapi({ description: "Which list." }),
    format: z.enum(exportFormats),
    filters: z
      .record(z.string(), z.string())
      .default({})
      .openapi({ description: "As the list's own route takes them, without its paging.", example: { status: "paid" } }),
    columns: z
      .array(z.string())
      .min(1)
      .max(50)
      .optional()
      .openapi({ description: "Which columns, in this order; every one when left out." }),
    locale: z.enum(locales).optional().openapi({ description: "Of headers and words; your own when left out." }),
  })
  .superRefine(({ object, filters, columns }, context) => {
    const source = sources[object];
    for (const issue of source.filters.safeParse(filters).error?.issues ?? []) {
      context.addIssue({ ...issue, path: ["filters", ...issue.path] } as never);
    }
    const unknown = columns?.findIndex((column) => !source.columns.includes(column)) ?? -1;
    if (unknown >= 0) context.addIssue({ code: "custom", message: "column_unknown", path: ["columns", unknown] });
  })
  .openapi("CreateExport", {
    example: { object: "orders", format: "xlsx", filters: { status: "paid", created_from: "2026-03-01T00:00:00Z" } },
  });

export type CreateExport = z.output<typeof createExportSchema>;

export const exportSchema = z
  .object({
    id: z.string(),
    object: z.literal("export"),
    livemode: z.boolean(),
    list: z.enum(exportedLists),
    format: z.enum(exportFormats),
    status: z.enum(exportStatuses),
    filters: z.record(z.string(), z.string()),
    columns: z.array(z.string()),
    locale: z.string(),
    time_zone: z.string(),
    rows_done: z.number().int(),
    rows_total: z.number().int().nullable().openapi({ description: "Known once the work has begun." }),
    failure_code: z.string().nullable(),
    requested_by: z.object({ type: z.string(), id: z.string() }),
    created_at: z.string(),
    started_at: z.string().nullable(),
    finished_at: z.string().nullable(),
    expires_at: z.string().openapi({ description: "When the file is removed, or an unfinished export is given up." }),
  })
  .openapi("Export", {
    example: {
      id: "exp_7k2m9xqa01kak1f3g5h7j9kmnpqr",
      object: "export",
      livemode: false,
      list: "orders",
      format: "xlsx",
      status: "processing",
      filters: { status: "paid" },
      columns: ["id", "merchant_order_no", "status", "amount"],
      locale: "zh-CN",
      time_zone: "Asia/Shanghai",
      rows_done: 12000,
      rows_total: 48211,
      failure_code: null,
      requested_by: { type: "user", id: "usr_01kajv0000abcdefghjk" },
      created_at: "2026-03-01T10:00:00.000Z",
      started_at: "2026-03-01T10:00:00.100Z",
      finished_at: null,
      expires_at: "2026-03-02T10:00:00.000Z",
    },
  });

/** The export as the API shows it. */
export function exportJson(row: Export): z.output<typeof exportSchema> {
  return {
    id: row.id,
    object: "export",
    livemode: row.livemode,
    list: row.list,
    format: row.format,
    status: row.status,
    filters: row.filters,
    columns: row.columns,
    locale: row.locale,
    time_zone: row.timeZone,
    rows_done: row.rowsDone,
    rows_total: row.rowsTotal,
    failure_code: row.failureCode,
    requested_by: { type: row.requestedByType, id: row.requestedById },
    created_at: row.createdAt.toISOString(),
    started_at: row.startedAt?.toISOString() ?? null,
    finished_at: row.finishedAt?.toISOString() ?? null,
    expires_at: row.expiresAt.toISOString(),
  };
}
