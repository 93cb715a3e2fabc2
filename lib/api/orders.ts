import { z } from "@hono/zod-openapi";
import { attemptJson } from "#lib/attempts/attempt-json";
import { captureOrder } from "#lib/attempts/capture-order";
import { surroundingsOf } from "#lib/attempts/choose-account";
import { attemptSchema, createAttemptSchema } from "#lib/attempts/schemas";
import { startAttempt } from "#lib/attempts/start-attempt";
import { attemptsOf, getAttempt } from "#lib/attempts/store";
import { voidOrder } from "#lib/attempts/void-order";
import { closeOrder } from "#lib/orders/close-order";
import { createOrder } from "#lib/orders/create-order";
import { orderFilterOf, orderFilterShape } from "#lib/orders/order-filter";
import { type Order, orderJson } from "#lib/orders/order-json";
import { amountSchema, createOrderSchema, orderSchema } from "#lib/orders/schemas";
import { getOrder, listOrders } from "#lib/orders/store";
import { orderTimeline } from "#lib/orders/timeline";
import {
  idempotencyHeader,
  idParam,
  jsonBody,
  listQuery,
  listSchema,
  page,
  requiredIdempotencyHeader,
  resource,
  route,
} from "./route.ts";

export const orders = resource();
const tag = "Orders";
const answer = (description: string, status: 200 | 201 = 200) => ({ status, schema: orderSchema, description });
const captureSchema = z.strictObject({ amount: amountSchema.optional() }).openapi("CaptureOrder");
const emptySchema = z.strictObject({}).optional();

orders.openapi(
  route({
    method: "post",
    path: "/v1/orders",
    tag,
    summary: "Create an order",
    description: "Opens an order to be paid and answers with the address of its hosted checkout.",
    permission: "orders:write",
    request: { headers: idempotencyHeader, ...jsonBody(createOrderSchema) },
    answer: answer("The order.", 201),
    idempotency: { mode: "atomic" },
  }),
  async (c) => c.json(orderJson(await createOrder(c.var.ctx, c.req.valid("json"))), 201),
);

orders.openapi(
  route({
    method: "get",
    path: "/v1/orders",
    tag,
    summary: "List orders, newest first",
    permission: "orders:read",
    request: { query: listQuery(orderFilterShape) },
    answer: { status: 200, schema: listSchema(orderSchema, "OrderList"), description: "A page of orders." },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const rows = await c.var.ctx.transaction((tx) =>
      listOrders(tx, {
        ...orderFilterOf(query),
        limit: query.limit,
        ...(query.starting_after && { startingAfter: query.starting_after }),
      }),
    );
    return c.json(page(rows, query.limit, orderJson), 200);
  },
);

orders.openapi(
  route({
    method: "get",
    path: "/v1/orders/{id}",
    tag,
    summary: "Read an order",
    permission: "orders:read",
    request: {
      params: idParam(),
      query: z.strictObject({
        expand: z
          .literal("latest_attempt")
          .optional()
          .openapi({ description: "Put the object in the place of its id." }),
      }),
    },
    answer: answer("The order."),
  }),
  async (c) => {
    const expand = c.req.valid("query").expand;
    return c.json(
      await c.var.ctx.transaction(async (tx) => {
        const order = await getOrder(tx, c.req.valid("param").id);
        if (!expand || !order.latestAttemptId) return orderJson(order);
        return { ...orderJson(order), latest_attempt: attemptJson(await getAttempt(tx, order.latestAttemptId)) };
      }),
      200,
    );
  },
);

const change = (name: string, summary: string, description: string, mode: "atomic" | "phased") =>
  route({
    method: "post",
    path: `/v1/orders/{id}/${name}`,
    tag,
    summary,
    description,
    permission: "orders:write",
    request: {
      params: idParam(),
      headers: idempotencyHeader,
      body: { required: false, content: { "application/json": { schema: emptySchema } } },
    },
    answer: answer("The order."),
    idempotency: { mode },
  });

const json = (order: Order) => orderJson(order);

orders.openapi(
  change(
    "close",
    "Close an unpaid order",
    "Nobody can pay it afterwards; its open payments are closed at their channels.",
    "atomic",
  ),
  async (c) => c.json(json(await closeOrder(c.var.ctx, c.req.valid("param").id)), 200),
);

orders.openapi(
  change("void", "Release an authorisation", "The reserved money is let go and the order is closed.", "phased"),
  async (c) => c.json(json(await voidOrder(c.var.ctx, c.req.valid("param").id)), 200),
);

orders.openapi(
  route({
    method: "post",
    path: "/v1/orders/{id}/capture",
    tag,
    summary: "Capture an authorised order",
    description: "Takes the authorised money or a part of it; the rest is released.",
    permission: "orders:write",
    problems: [502],
    request: {
      params: idParam(),
      headers: idempotencyHeader,
      body: { required: false, content: { "application/json": { schema: captureSchema } } },
    },
    answer: answer("The order; still `authorized` while the channel has not answered."),
    idempotency: { mode: "phased" },
  }),
  async (c) => {
    const amount = c.req.valid("json")?.amount;
    const order = await captureOrder(
      c.var.ctx,
      c.req.valid("param").id,
      amount === undefined ? undefined : BigInt(amount),
    );
    return c.json(orderJson(order), 200);
  },
);

orders.openapi(
  route({
    method: "get",
    path: "/v1/orders/{id}/timeline",
    tag,
    summary: "An order's story",
    description: "Attempts, refusals, notifications, ledger transactions, refunds, events and webhooks, oldest first.",
    permission: "orders:read",
    request: { params: idParam() },
    answer: {
      status: 200,
      schema: z.object({
        object: z.literal("list"),
        data: z.array(
          z.object({
            at: z.string(),
            kind: z.enum(["event", "attempt", "refusal", "refund", "notification", "ledger", "webhook"]),
            title: z.string(),
            id: z.string(),
            data: z.record(z.string(), z.unknown()),
          }),
        ),
        has_more: z.boolean(),
      }),
      description: "The entries.",
    },
  }),
  async (c) => {
    const data = await c.var.ctx.transaction((tx) => orderTimeline(tx, c.req.valid("param").id));
    return c.json({ object: "list" as const, data: data.map((entry) => ({ ...entry })), has_more: false }, 200);
  },
);

orders.openapi(
  route({
    method: "post",
    path: "/v1/orders/{id}/attempts",
    tag: "Attempts",
    summary: "Start a payment without the hosted checkout",
    description: "For a checkout of your own: answers with what the shopper must do next (`action`).",
    permission: "orders:write",
    request: { params: idParam(), headers: requiredIdempotencyHeader, ...jsonBody(createAttemptSchema) },
    answer: { status: 201, schema: attemptSchema, description: "The attempt." },
    idempotency: { mode: "phased", required: true },
  }),
  async (c) => {
    const input = c.req.valid("json");
    const userAgent = input.user_agent ?? "";
    const applied = await startAttempt(c.var.ctx, {
      orderId: c.req.valid("param").id,
      method: input.method,
      ...(input.flow && { flow: input.flow }),
      surroundings: {
        ...surroundingsOf(userAgent, input.country),
        ...(!input.user_agent && { device: input.device }),
        ...(input.wallet_browser && { walletBrowser: input.wallet_browser }),
      },
      ip: input.shopper_ip ?? "127.0.0.1",
      userAgent,
      ...(input.wallet_user_id && { walletUserId: input.wallet_user_id }),
      ...(input.token && { token: input.token }),
    });
    return c.json(attemptJson(applied.attempt), 201);
  },
);

orders.openapi(
  route({
    method: "get",
    path: "/v1/orders/{id}/attempts",
    tag: "Attempts",
    summary: "An order's attempts, oldest first",
    permission: "orders:read",
    request: { params: idParam() },
    answer: { status: 200, schema: listSchema(attemptSchema, "AttemptList"), description: "All of them." },
  }),
  async (c) => {
    const rows = await c.var.ctx.transaction(async (tx) => {
      const order = await getOrder(tx, c.req.valid("param").id);
      return attemptsOf(tx, order.id);
    });
    return c.json(page(rows, rows.length, attemptJson), 200);
  },
);

orders.openapi(
  route({
    method: "get",
    path: "/v1/attempts/{id}",
    tag: "Attempts",
    summary: "Read an attempt",
    permission: "orders:read",
    request: { params: idParam() },
    answer: { status: 200, schema: attemptSchema, description: "The attempt." },
  }),
  async (c) => c.json(attemptJson(await c.var.ctx.transaction((tx) => getAttempt(tx, c.req.valid("param").id))), 200),
);
