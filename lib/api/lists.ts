import { addEntry } from "#lib/lists/add-entry";
import { importEntries } from "#lib/lists/import-entries";
import { listOwnEntries } from "#lib/lists/list-entries";
import { removeEntry } from "#lib/lists/remove-entry";
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
import { idempotencyHeader, idParam, jsonBody, listQuery, listSchema, page, resource, route } from "./route.ts";

export const lists = resource();
const tag = "Lists";

lists.openapi(
  route({
    method: "get",
    path: "/v1/list_entries",
    tag,
    summary: "List whom you block and whom you allow",
    permission: "lists:read",
    request: { query: listQuery(entryFilter) },
    answer: { status: 200, schema: listSchema(entrySchema, "ListEntryList"), description: "One page, newest first." },
  }),
  async (c) => {
    const filter = c.req.valid("query");
    const { ctx } = c.var;
    return c.json(
      page(await listOwnEntries(ctx, filter), filter.limit, (row) => entryJson(row, ctx.now)),
      200,
    );
  },
);

lists.openapi(
  route({
    method: "post",
    path: "/v1/list_entries",
    tag,
    summary: "Block or allow a shopper",
    description:
      "Looked at when a shopper starts to pay, before the channel is asked. Whom you allow, you take also when you or the platform block him; it counts within three seconds.",
    permission: "lists:write",
    request: { headers: idempotencyHeader, ...jsonBody(createEntrySchema) },
    answer: { status: 201, schema: entrySchema, description: "The entry. The value itself is not kept." },
    idempotency: { mode: "atomic" },
  }),
  async (c) => c.json(entryJson(await addEntry(c.var.ctx, c.req.valid("json")), c.var.ctx.now), 201),
);

lists.openapi(
  route({
    method: "post",
    path: "/v1/list_entries/import",
    tag,
    summary: "Block or allow many at once",
    permission: "lists:write",
    request: { headers: idempotencyHeader, ...jsonBody(importEntriesSchema) },
    answer: { status: 200, schema: importedSchema, description: "What came of it, or would." },
    idempotency: { mode: "atomic" },
  }),
  async (c) => {
    const input = c.req.valid("json");
    return c.json(importedJson(await importEntries(c.var.ctx, input), input.dry_run), 200);
  },
);

lists.openapi(
  route({
    method: "delete",
    path: "/v1/list_entries/{id}",
    tag,
    summary: "Take an entry off the list",
    permission: "lists:write",
    request: { params: idParam() },
    answer: { status: 200, schema: deletedEntrySchema, description: "Gone." },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    await removeEntry(c.var.ctx, id);
    return c.json({ id, object: "list_entry" as const, deleted: true as const }, 200);
  },
);
