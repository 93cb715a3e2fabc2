import { z } from "@hono/zod-openapi";
import { viewLists } from "#db/schema/saved-views";
import { deleteView } from "#lib/saved-views/delete-view";
import { saveView } from "#lib/saved-views/save-view";
import { savedViewSchema, saveViewSchema } from "#lib/saved-views/schemas";
import { listViews, savedViewJson } from "#lib/saved-views/store";
import { idempotencyHeader, idParam, jsonBody, listSchema, page, resource, route } from "./route.ts";

export const savedViews = resource();
const tag = "Saved views";

savedViews.openapi(
  route({
    method: "get",
    path: "/v1/saved_views",
    tag,
    summary: "List your saved views, by name",
    description: "Views belong to the person, or the key, that saved them.",
    permission: "orders:read",
    request: { query: z.strictObject({ list: z.enum(viewLists).optional() }) },
    answer: { status: 200, schema: listSchema(savedViewSchema, "SavedViewList"), description: "All of them." },
  }),
  async (c) => {
    const rows = await c.var.ctx.transaction((tx) => listViews(tx, c.req.valid("query").list));
    return c.json(page(rows, rows.length, savedViewJson), 200);
  },
);

savedViews.openapi(
  route({
    method: "post",
    path: "/v1/saved_views",
    tag,
    summary: "Save a view of a list",
    description:
      "Filters, columns and density under a name. A name that you have used before is given the new settings.",
    permission: "orders:read",
    request: { headers: idempotencyHeader, ...jsonBody(saveViewSchema) },
    answer: { status: 201, schema: savedViewSchema, description: "The view." },
    idempotency: { mode: "atomic" },
  }),
  async (c) => c.json(savedViewJson(await saveView(c.var.ctx, c.req.valid("json"))), 201),
);

savedViews.openapi(
  route({
    method: "delete",
    path: "/v1/saved_views/{id}",
    tag,
    summary: "Delete a saved view",
    permission: "orders:read",
    request: { params: idParam() },
    answer: { status: 200, schema: savedViewSchema, description: "The view, as it was." },
  }),
  async (c) => c.json(savedViewJson(await deleteView(c.var.ctx, c.req.valid("param").id)), 200),
);
