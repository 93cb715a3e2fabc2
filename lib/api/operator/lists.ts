import {
  createEntrySchema,
  deletedEntrySchema,
  entryFilter,
  entryJson,
  entrySchema,
  importEntriesSchema,
  importedJson,
  importedSchema,
} from "#lib/lists/schemas";
import { namesOf } from "#lib/operator/approvals/list";
import {
  addPlatformEntry,
  importPlatformEntries,
  listPlatformEntries,
  removePlatformEntry,
} from "#lib/operator/lists/entries";
import { idParam, jsonBody, listQuery, listSchema, page, resource } from "../route.ts";
import { operatorRoute } from "./route.ts";

/** Whom the platform blocks and allows, at every merchant. */
export const lists = resource();
const tag = "Lists";

lists.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/list_entries",
    tag,
    summary: "List whom the platform blocks and allows",
    permission: "lists:read",
    request: { query: listQuery(entryFilter) },
    answer: { status: 200, schema: listSchema(entrySchema, "ListEntryList"), description: "One page, newest first." },
  }),
  async (c) => {
    const filter = c.req.valid("query");
    const rows = await listPlatformEntries(filter);
    const names = await namesOf(rows.map((row) => row.createdBy));
    return c.json(
      page(rows, filter.limit, (row) => entryJson(row, c.var.octx.now, names.get(row.createdBy))),
      200,
    );
  },
);

lists.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/list_entries",
    tag,
    summary: "Block or allow a shopper at every merchant",
    description: "A merchant may allow for itself whom the platform blocks.",
    permission: "lists:write",
    request: jsonBody(createEntrySchema),
    answer: { status: 201, schema: entrySchema, description: "The entry." },
  }),
  async (c) => {
    const { octx } = c.var;
    return c.json(entryJson(await addPlatformEntry(octx, c.req.valid("json")), octx.now, octx.operator.name), 201);
  },
);

lists.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/list_entries/import",
    tag,
    summary: "Block or allow many at once",
    permission: "lists:write",
    request: jsonBody(importEntriesSchema),
    answer: { status: 200, schema: importedSchema, description: "What came of it, or would." },
  }),
  async (c) => {
    const input = c.req.valid("json");
    return c.json(importedJson(await importPlatformEntries(c.var.octx, input), input.dry_run), 200);
  },
);

lists.openapi(
  operatorRoute({
    method: "delete",
    path: "/v1/operator/list_entries/{id}",
    tag,
    summary: "Take an entry off the list",
    permission: "lists:write",
    request: { params: idParam() },
    answer: { status: 200, schema: deletedEntrySchema, description: "Gone." },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    await removePlatformEntry(c.var.octx, id);
    return c.json({ id, object: "list_entry" as const, deleted: true as const }, 200);
  },
);
