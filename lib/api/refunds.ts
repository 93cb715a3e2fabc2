import { createRefund } from "#lib/refunds/create-refund";
import { refundFilterOf, refundFilterShape } from "#lib/refunds/refund-filter";
import { refundJson } from "#lib/refunds/refund-json";
import { createRefundSchema, refundSchema } from "#lib/refunds/schemas";
import { getRefund, listRefunds } from "#lib/refunds/store";
import { idempotencyHeader, idParam, jsonBody, listQuery, listSchema, page, resource, route } from "./route.ts";

export const refunds = resource();
const tag = "Refunds";

refunds.openapi(
  route({
    method: "post",
    path: "/v1/refunds",
    tag,
    summary: "Refund an order, in part or in whole",
    description:
      "Reserves the money at once and sends it back over the original channel; the result arrives as an event.",
    permission: "refunds:write",
    problems: [404],
    request: { headers: idempotencyHeader, ...jsonBody(createRefundSchema) },
    answer: { status: 201, schema: refundSchema, description: "The refund, `pending`." },
    idempotency: { mode: "atomic" },
  }),
  async (c) => c.json(refundJson(await createRefund(c.var.ctx, c.req.valid("json"))), 201),
);

refunds.openapi(
  route({
    method: "get",
    path: "/v1/refunds",
    tag,
    summary: "List refunds, newest first",
    permission: "refunds:read",
    request: { query: listQuery(refundFilterShape) },
    answer: { status: 200, schema: listSchema(refundSchema, "RefundList"), description: "A page of refunds." },
  }),
  async (c) => {
    const { limit, starting_after, ...query } = c.req.valid("query");
    const rows = await c.var.ctx.transaction((tx) =>
      listRefunds(tx, { ...refundFilterOf(query), limit, ...(starting_after && { startingAfter: starting_after }) }),
    );
    return c.json(page(rows, limit, refundJson), 200);
  },
);

refunds.openapi(
  route({
    method: "get",
    path: "/v1/refunds/{id}",
    tag,
    summary: "Read a refund",
    permission: "refunds:read",
    request: { params: idParam() },
    answer: { status: 200, schema: refundSchema, description: "The refund." },
  }),
  async (c) => c.json(refundJson(await c.var.ctx.transaction((tx) => getRefund(tx, c.req.valid("param").id))), 200),
);
