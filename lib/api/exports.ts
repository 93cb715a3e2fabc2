import { Readable } from "node:stream";
import type { Context as HonoContext } from "hono";
import { cancelExport } from "#lib/exports/cancel-export";
import type { ExportedList } from "#lib/exports/columns";
import { readExportFile } from "#lib/exports/read-file";
import { requestExport } from "#lib/exports/request-export";
import { createExportSchema, exportJson, exportSchema } from "#lib/exports/schemas";
import { sources } from "#lib/exports/sources";
import { getExport, listExports } from "#lib/exports/store";
import { AppError } from "#lib/kernel/errors";
import type { ApiEnv } from "./env.ts";
import {
  fileRoute,
  idempotencyHeader,
  idParam,
  jsonBody,
  listQuery,
  listSchema,
  page,
  resource,
  route,
} from "./route.ts";

export const exports = resource();
const tag = "Exports";
const answer = (description: string, status: 200 | 201 = 200) => ({ status, schema: exportSchema, description });

type Caller = Pick<HonoContext<ApiEnv>, "var">;

const lists = Object.keys(sources) as ExportedList[];

function readableLists({ var: { principal } }: Caller): ExportedList[] {
  return lists.filter((list) => principal.permissions.has(sources[list].permission));
}

/** A file shows what its list shows, so it takes the same right. */
function requireList({ var: { principal } }: Caller, list: ExportedList): void {
  const { permission } = sources[list];
  if (!principal.permissions.has(permission)) {
    throw new AppError("forbidden", "forbidden", { detail: { permission } });
  }
}

async function readableExport(c: Caller, id: string) {
  const row = await c.var.ctx.transaction((tx) => getExport(tx, id));
  requireList(c, row.list);
  return row;
}

exports.openapi(
  route({
    method: "post",
    path: "/v1/exports",
    tag,
    summary: "Export a list to a file",
    description:
      "A job writes the file; ask for the export until it has `succeeded`, then fetch it. It takes the right to read the list too.",
    permission: "exports:write",
    request: { headers: idempotencyHeader, ...jsonBody(createExportSchema) },
    answer: answer("The export, `pending`.", 201),
    idempotency: { mode: "atomic" },
  }),
  async (c) => {
    const input = c.req.valid("json");
    requireList(c, input.object);
    return c.json(exportJson(await requestExport(c.var.ctx, input)), 201);
  },
);

exports.openapi(
  route({
    method: "get",
    path: "/v1/exports",
    tag,
    summary: "List exports, newest first",
    permission: "exports:read",
    request: { query: listQuery({}) },
    answer: {
      status: 200,
      schema: listSchema(exportSchema, "ExportList"),
      description: "A page of the exports of those lists that the caller may read.",
    },
  }),
  async (c) => {
    const { limit, starting_after } = c.req.valid("query");
    const rows = await c.var.ctx.transaction((tx) =>
      listExports(tx, { limit, lists: readableLists(c), ...(starting_after && { startingAfter: starting_after }) }),
    );
    return c.json(page(rows, limit, exportJson), 200);
  },
);

exports.openapi(
  route({
    method: "get",
    path: "/v1/exports/{id}",
    tag,
    summary: "Read an export and its progress",
    permission: "exports:read",
    request: { params: idParam() },
    answer: answer("The export."),
  }),
  async (c) => c.json(exportJson(await readableExport(c, c.req.valid("param").id)), 200),
);

exports.openapi(
  route({
    method: "post",
    path: "/v1/exports/{id}/cancel",
    tag,
    summary: "Cancel an unfinished export",
    permission: "exports:write",
    request: { params: idParam(), headers: idempotencyHeader },
    answer: answer("The export, `canceled`."),
    idempotency: { mode: "atomic" },
  }),
  async (c) => {
    const { id } = await readableExport(c, c.req.valid("param").id);
    return c.json(exportJson(await cancelExport(c.var.ctx, id)), 200);
  },
);

exports.openapi(
  fileRoute({
    path: "/v1/exports/{id}/file",
    tag,
    summary: "Fetch the file of an export that has succeeded",
    permission: "exports:read",
    request: { params: idParam() },
    contentType: "application/octet-stream",
  }),
  async (c) => {
    const { id } = await readableExport(c, c.req.valid("param").id);
    const { name, contentType, content } = await readExportFile(c.var.ctx, id);
    return c.body(Readable.toWeb(Readable.from(content, { highWaterMark: 1 })) as ReadableStream, 200, {
      "content-type": contentType,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "private, no-store",
    });
  },
);
