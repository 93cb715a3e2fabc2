import { z } from "@hono/zod-openapi";
import { caseKinds } from "#db/schema/error-cases";
import { listKinds } from "#db/schema/lists";
import { orderStatuses } from "#db/schema/orders";
import { ticketStates } from "#db/schema/tickets";
import { minorToJson } from "#lib/kernel/money";
import { approvalSchema } from "#lib/operator/approvals/schemas";
import { listPlatformOrders } from "#lib/operator/orders/list-orders";
import { readPlatformOrder } from "#lib/operator/orders/read-order";
import { freezeAsOperator, proposeRelease, refundAsOperator } from "#lib/operator/orders/refund-order";
import { repairOrder } from "#lib/operator/orders/repair-order";
import { orderJson } from "#lib/orders/order-json";
import { amountSchema, orderSchema } from "#lib/orders/schemas";
import { refundJson } from "#lib/refunds/refund-json";
import { idParam, jsonBody, listQuery, listSchema, page, resource } from "../route.ts";
import { jsonOf } from "./approvals.ts";
import { operatorRoute } from "./route.ts";

/** Orders of all merchants. */
export const orders = resource();
const tag = "Orders";
const reason = z.string().trim().min(1).max(1_000);
const merchant = z.object({ id: z.string(), name: z.string() });

const rowSchema = z
  .object({
    id: z.string(),
    object: z.literal("platform_order"),
    merchant,
    livemode: z.boolean(),
    merchant_order_no: z.string(),
    subject: z.string(),
    amount: z.number().int(),
    currency: z.string(),
    amount_captured: z.number().int(),
    amount_refunded: z.number().int(),
    status: z.enum(orderStatuses),
    method: z.string().nullable(),
    channel: z.string().nullable(),
    decline_reason: z.string().nullable(),
    created_at: z.string(),
  })
  .openapi("PlatformOrder");

orders.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/orders",
    tag,
    summary: "List orders of all merchants, newest first",
    permission: "orders:read",
    request: {
      query: listQuery({
        mode: z.enum(["live", "test"]).default("live"),
        merchant: z.string().max(64).optional(),
        status: z.enum(orderStatuses).optional(),
        text: z.string().max(100).optional(),
      }),
    },
    answer: { status: 200, schema: listSchema(rowSchema, "PlatformOrderList"), description: "One page." },
  }),
  async (c) => {
    const { limit, starting_after: after, mode, merchant: whose, status, text } = c.req.valid("query");
    const rows = await listPlatformOrders({
      livemode: mode === "live",
      limit,
      ...(after && { after }),
      ...(whose && { merchant: whose }),
      ...(status && { status }),
      ...(text && { text }),
    });
    return c.json(
      page(rows, limit, (row) => ({
        id: row.id,
        object: "platform_order" as const,
        merchant: { id: row.merchant_id, name: row.merchant_name },
        livemode: row.livemode,
        merchant_order_no: row.merchant_order_no,
        subject: row.subject,
        amount: minorToJson(BigInt(row.amount)),
        currency: row.currency,
        amount_captured: minorToJson(BigInt(row.amount_captured)),
        amount_refunded: minorToJson(BigInt(row.amount_refunded)),
        status: row.status,
        method: row.method,
        channel: row.channel,
        decline_reason: row.decline_reason,
        created_at: new Date(row.created_at).toISOString(),
      })),
      200,
    );
  },
);

const storySchema = z
  .object({
    id: z.string(),
    object: z.literal("order_story"),
    merchant,
    order: orderSchema,
    left_to_refund: z.number().int(),
    timeline: z.array(
      z.object({
        at: z.string(),
        kind: z.enum(["event", "attempt", "refusal", "refund", "notification", "ledger", "webhook"]),
        title: z.string(),
        id: z.string(),
        data: z.record(z.string(), z.unknown()),
      }),
    ),
    freezes: z.array(
      z.object({
        id: z.string(),
        amount: z.number().int(),
        currency: z.string(),
        reason: z.string(),
        created_at: z.string(),
        released_at: z.string().nullable(),
      }),
    ),
    shopper: z.array(z.object({ kind: z.enum(listKinds), value: z.string() })).openapi({
      description: "By what the shopper can be put on the platform's list.",
    }),
    tickets: z.array(z.object({ id: z.string(), subject: z.string(), state: z.enum(ticketStates) })),
    error_cases: z.array(z.object({ id: z.string(), kind: z.enum(caseKinds), state: z.enum(["open", "resolved"]) })),
  })
  .openapi("OrderStory");

orders.openapi(
  operatorRoute({
    method: "get",
    path: "/v1/operator/orders/{id}",
    tag,
    summary: "Read an order with everything that happened to it",
    permission: "orders:read",
    request: { params: idParam() },
    answer: { status: 200, schema: storySchema, description: "The order and its story." },
  }),
  async (c) => {
    const story = await readPlatformOrder(c.var.octx, c.req.valid("param").id);
    const { order } = story;
    return c.json(
      {
        id: order.id,
        object: "order_story" as const,
        merchant: story.merchant,
        order: orderJson(order),
        left_to_refund: minorToJson(order.amountCaptured - order.amountRefundReserved),
        timeline: [...story.timeline],
        freezes: story.freezes.map((freeze) => ({
          id: freeze.id,
          amount: minorToJson(freeze.amount),
          currency: freeze.currency,
          reason: freeze.reason,
          created_at: freeze.createdAt.toISOString(),
          released_at: freeze.releasedAt?.toISOString() ?? null,
        })),
        shopper: [...story.shopper],
        tickets: [...story.related.tickets],
        error_cases: [...story.related.errorCases],
      },
      200,
    );
  },
);

orders.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/orders/{id}/repair",
    tag,
    summary: "Ask the channels what became of its payments",
    permission: "orders:write",
    request: { params: idParam() },
    answer: {
      status: 200,
      schema: z.object({
        id: z.string(),
        object: z.literal("order_repair"),
        asked: z.array(
          z.object({ attempt: z.string(), before: z.string(), after: z.string(), error: z.string().nullable() }),
        ),
      }),
      description: "What each payment was and is.",
    },
    problems: [502],
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    const asked = await repairOrder(c.var.octx, id);
    return c.json(
      {
        id,
        object: "order_repair" as const,
        asked: asked.map(({ error, ...rest }) => ({ ...rest, error: error ?? null })),
      },
      200,
    );
  },
);

orders.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/orders/{id}/refund",
    tag,
    summary: "Refund an order, or propose it where the amount needs two people",
    permission: "orders:write",
    request: {
      params: idParam(),
      ...jsonBody(
        z.strictObject({
          amount: amountSchema.optional(),
          merchant_refund_no: z
            .string()
            .regex(/^[\x21-\x7e]{1,64}$/, { error: "merchant_refund_no_invalid" })
            .openapi({ description: "The same for each try of one wish: a repetition refunds nothing more." }),
          reason,
        }),
      ),
    },
    answer: {
      status: 201,
      schema: z.object({
        object: z.literal("operator_refund"),
        refund: z.string().nullable(),
        approval: approvalSchema.nullable(),
      }),
      description: "The refund, or the proposal that waits for somebody else.",
    },
    problems: [422],
  }),
  async (c) => {
    const { amount, merchant_refund_no: number, reason: why } = c.req.valid("json");
    const outcome = await refundAsOperator(c.var.octx, {
      orderId: c.req.valid("param").id,
      number,
      reason: why,
      ...(amount !== undefined && { amount: BigInt(amount) }),
    });
    const object = "operator_refund" as const;
    if (outcome.kind === "refund") {
      return c.json({ object, refund: refundJson(outcome.refund).id, approval: null }, 201);
    }
    return c.json({ object, refund: null, approval: await jsonOf(c.var.octx, outcome.approval) }, 201);
  },
);

const frozenSchema = z.object({ id: z.string(), object: z.literal("order_freeze"), frozen: z.literal(true) });

orders.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/orders/{id}/freeze",
    tag,
    summary: "Hold an order's money back",
    permission: "orders:write",
    request: { params: idParam(), ...jsonBody(z.strictObject({ amount: amountSchema.optional(), reason })) },
    answer: { status: 201, schema: frozenSchema, description: "It is held." },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    const { amount, reason: why } = c.req.valid("json");
    await freezeAsOperator(c.var.octx, {
      orderId: id,
      reason: why,
      ...(amount !== undefined && { amount: BigInt(amount) }),
    });
    return c.json({ id, object: "order_freeze" as const, frozen: true as const }, 201);
  },
);

orders.openapi(
  operatorRoute({
    method: "post",
    path: "/v1/operator/orders/{id}/release",
    tag,
    summary: "Propose to give held money back",
    permission: "orders:write",
    request: { params: idParam(), ...jsonBody(z.strictObject({ reason })) },
    answer: { status: 201, schema: approvalSchema, description: "The proposal; another operator decides." },
  }),
  async (c) => {
    const input = { orderId: c.req.valid("param").id, reason: c.req.valid("json").reason };
    return c.json(await jsonOf(c.var.octx, await proposeRelease(c.var.octx, input)), 201);
  },
);
