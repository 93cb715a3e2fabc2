import { readPersonFile } from "#lib/privacy/read-file";
import { requestPrivacy } from "#lib/privacy/request-privacy";
import { privacyRequestJson, privacyRequestSchema } from "#lib/privacy/schemas";
import { getRequest, listRequests } from "#lib/privacy/store";
import { subjectSchema } from "#lib/privacy/subject";
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

export const privacy = resource();
const tag = "Privacy";
const answer = (description: string, status: 200 | 201 = 200) => ({
  status,
  schema: privacyRequestSchema,
  description,
});

privacy.openapi(
  route({
    method: "post",
    path: "/v1/privacy/exports",
    tag,
    summary: "Export what is stored of a shopper",
    description:
      "For a shopper who asks what you know of them (GDPR art. 15, PIPL art. 45). A job writes a JSON file; `privacy_request.finished` tells when it is done. The file can be fetched for seven days.",
    permission: "privacy:write",
    request: { headers: idempotencyHeader, ...jsonBody(subjectSchema) },
    answer: answer("The request, `pending`.", 201),
    idempotency: { mode: "atomic" },
  }),
  async (c) => c.json(privacyRequestJson(await requestPrivacy(c.var.ctx, "export", c.req.valid("json"))), 201),
);

privacy.openapi(
  route({
    method: "post",
    path: "/v1/privacy/erasures",
    tag,
    summary: "Erase a shopper's data",
    description:
      "For a shopper who wants to be forgotten (GDPR art. 17, PIPL art. 47). A job takes everything that names the person out of orders, attempts, events, notifications, logs and the search. Amounts, dates and bookings stay, as the law demands. It can't be undone.",
    permission: "privacy:write",
    request: { headers: idempotencyHeader, ...jsonBody(subjectSchema) },
    answer: answer("The request, `pending`.", 201),
    idempotency: { mode: "atomic" },
  }),
  async (c) => c.json(privacyRequestJson(await requestPrivacy(c.var.ctx, "erasure", c.req.valid("json"))), 201),
);

privacy.openapi(
  route({
    method: "get",
    path: "/v1/privacy/requests",
    tag,
    summary: "List exports and erasures of shoppers' data, newest first",
    permission: "privacy:read",
    request: { query: listQuery({}) },
    answer: { status: 200, schema: listSchema(privacyRequestSchema, "PrivacyRequestList"), description: "A page." },
  }),
  async (c) => {
    const { limit, starting_after } = c.req.valid("query");
    const rows = await c.var.ctx.transaction((tx) =>
      listRequests(tx, { limit, ...(starting_after && { startingAfter: starting_after }) }),
    );
    return c.json(page(rows, limit, privacyRequestJson), 200);
  },
);

privacy.openapi(
  route({
    method: "get",
    path: "/v1/privacy/requests/{id}",
    tag,
    summary: "Read an export or erasure and its progress",
    permission: "privacy:read",
    request: { params: idParam() },
    answer: answer("The request."),
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    return c.json(privacyRequestJson(await c.var.ctx.transaction((tx) => getRequest(tx, id))), 200);
  },
);

privacy.openapi(
  fileRoute({
    path: "/v1/privacy/requests/{id}/file",
    tag,
    summary: "Fetch the file of an export that has succeeded",
    permission: "privacy:write",
    request: { params: idParam() },
    contentType: "application/octet-stream",
    problems: [409],
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    const content = await readPersonFile(c.var.ctx, id);
    return c.body(content, 200, {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": `attachment; filename="${id}.json"`,
      "cache-control": "private, no-store",
    });
  },
);
