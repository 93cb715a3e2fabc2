import { z } from "@hono/zod-openapi";
import { getRequest, listRequests } from "#lib/request-log/list-requests";
import { requestLogJson, requestLogSchema, requestLogWithBodiesSchema } from "#lib/request-log/schemas";
import { idParam, listQuery, listSchema, page, resource, route } from "./route.ts";

export const requestLogs = resource();
const tag = "API logs";

const moment = z.iso.datetime({ offset: true, error: "date_invalid" }).optional();

requestLogs.openapi(
  route({
    method: "get",
    path: "/v1/request_logs",
    tag,
    summary: "List requests to this API, newest first",
    description:
      "Every request with a key, and every change made in the dashboard; kept for 30 days. Secrets and card numbers are cut out before anything is stored.",
    permission: "logs:read",
    request: {
      query: listQuery({
        outcome: z.enum(["succeeded", "failed"]).optional(),
        method: z.enum(["GET", "POST", "PATCH", "DELETE"]).optional(),
        actor: z.string().max(64).optional(),
        request_id: z.string().max(64).optional(),
        created_from: moment,
        created_to: moment,
      }),
    },
    answer: { status: 200, schema: listSchema(requestLogSchema, "RequestLogList"), description: "A page." },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const rows = await listRequests(c.var.ctx, {
      limit: query.limit,
      startingAfter: query.starting_after,
      outcome: query.outcome,
      method: query.method,
      actorId: query.actor,
      requestId: query.request_id,
      from: query.created_from === undefined ? undefined : new Date(query.created_from),
      to: query.created_to === undefined ? undefined : new Date(query.created_to),
    });
    return c.json(page(rows, query.limit, requestLogJson), 200);
  },
);

requestLogs.openapi(
  route({
    method: "get",
    path: "/v1/request_logs/{id}",
    tag,
    summary: "Read a request with its bodies",
    permission: "logs:read",
    request: { params: idParam() },
    answer: { status: 200, schema: requestLogWithBodiesSchema, description: "The request and its answer." },
  }),
  async (c) => {
    const row = await getRequest(c.var.ctx, c.req.valid("param").id);
    return c.json({ ...requestLogJson(row), request_body: row.requestBody, response_body: row.responseBody }, 200);
  },
);
