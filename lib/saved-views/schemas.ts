import { z } from "@hono/zod-openapi";
import { viewLists } from "#db/schema/saved-views";

const settings = {
  filters: z
    .record(z.string().max(40), z.string().max(300))
    .refine((value) => Object.keys(value).length <= 20, { error: "saved_view_too_large" })
    .default({})
    .openapi({ description: "The list's filters by the names that they have in its address." }),
  columns: z
    .array(z.string().max(40))
    .max(30)
    .default([])
    .openapi({ description: "The columns shown, in order; the list's own when empty." }),
  density: z.enum(["comfortable", "compact"]).default("comfortable"),
};

export const saveViewSchema = z
  .strictObject({ list: z.enum(viewLists), name: z.string().trim().min(1).max(60), ...settings })
  .openapi("SaveView", { example: { list: "orders", name: "Large and unpaid", filters: { status: "pending" } } });

export type SaveView = z.output<typeof saveViewSchema>;

export const savedViewSchema = z
  .object({
    id: z.string(),
    object: z.literal("saved_view"),
    list: z.enum(viewLists),
    name: z.string(),
    filters: z.record(z.string(), z.string()),
    columns: z.array(z.string()),
    density: z.enum(["comfortable", "compact"]),
    created_at: z.string(),
  })
  .openapi("SavedView");
