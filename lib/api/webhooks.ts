import { z } from "@hono/zod-openapi";
import { getEvent, listEvents } from "#lib/events/store";
import { InvalidParam } from "#lib/kernel/errors";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import { deleteEndpoint } from "#lib/webhooks/delete-endpoint";
import { disableEndpoint } from "#lib/webhooks/disable-endpoint";
import { enableEndpoint } from "#lib/webhooks/enable-endpoint";
import { eventTypes } from "#lib/webhooks/event-types";
import { getDelivery } from "#lib/webhooks/get-delivery";
import { getEndpoint } from "#lib/webhooks/get-endpoint";
import { listDeliveries } from "#lib/webhooks/list-deliveries";
import { listEndpoints } from "#lib/webhooks/list-endpoints";
import { countReplay, type ReplayRange, replayEvents } from "#lib/webhooks/replay-events";
import { resendDelivery } from "#lib/webhooks/resend-delivery";
import { revealSecret } from "#lib/webhooks/reveal-secret";
import { rollSecret } from "#lib/webhooks/roll-secret";
import {
  createWebhookEndpointSchema,
  eventJson,
  eventSchema,
  listWebhookDeliveriesSchema,
  replayEventsSchema,
  updateWebhookEndpointSchema,
  webhookDeliveryJson,
  webhookDeliverySchema,
  webhookDeliveryWithTriesSchema,
  webhookEndpointJson,
  webhookEndpointSchema,
  webhookEndpointWithSecretSchema,
  webhookTryJson,
} from "#lib/webhooks/schemas";
import { sendTestEvent } from "#lib/webhooks/send-test-event";
import { updateEndpoint } from "#lib/webhooks/update-endpoint";
import { idempotencyHeader, idParam, jsonBody, listQuery, listSchema, page, resource, route } from "./route.ts";

export const webhooks = resource();
const tag = "Webhooks";
const atomic = { mode: "atomic" } as const;
const noBody = { params: idParam(), headers: idempotencyHeader };

webhooks.openapi(
  route({
    method: "get",
    path: "/v1/events",
    tag: "Events",
    summary: "List events, newest first",
    permission: "events:read",
    request: { query: listQuery({ type: z.enum(eventTypes).optional(), object_id: z.string().max(64).optional() }) },
    answer: { status: 200, schema: listSchema(eventSchema, "EventList"), description: "A page of events." },
  }),
  async (c) => {
    const { limit, starting_after, type, object_id } = c.req.valid("query");
    const rows = await c.var.ctx.transaction((tx) =>
      listEvents(tx, { limit, startingAfter: starting_after, type, objectId: object_id }),
    );
    return c.json(page(rows, limit, eventJson), 200);
  },
);

webhooks.openapi(
  route({
    method: "get",
    path: "/v1/events/{id}",
    tag: "Events",
    summary: "Read an event",
    permission: "events:read",
    request: { params: idParam() },
    answer: { status: 200, schema: eventSchema, description: "The event." },
  }),
  async (c) => c.json(eventJson(await c.var.ctx.transaction((tx) => getEvent(tx, c.req.valid("param").id))), 200),
);

webhooks.openapi(
  route({
    method: "post",
    path: "/v1/webhook_endpoints",
    tag,
    summary: "Create a webhook endpoint",
    description: "The answer carries the signing secret (Standard Webhooks).",
    permission: "webhooks:write",
    request: { headers: idempotencyHeader, ...jsonBody(createWebhookEndpointSchema) },
    answer: { status: 201, schema: webhookEndpointWithSecretSchema, description: "The endpoint and its secret." },
    idempotency: atomic,
  }),
  async (c) => {
    const { url, description, event_types } = c.req.valid("json");
    const created = await createEndpoint(c.var.ctx, {
      url,
      eventTypes: event_types,
      ...(description !== undefined && { description }),
    });
    return c.json({ ...webhookEndpointJson(created.endpoint), secret: created.secret }, 201);
  },
);

webhooks.openapi(
  route({
    method: "get",
    path: "/v1/webhook_endpoints",
    tag,
    summary: "List webhook endpoints",
    permission: "webhooks:read",
    request: {},
    answer: {
      status: 200,
      schema: listSchema(webhookEndpointSchema, "WebhookEndpointList"),
      description: "All of them.",
    },
  }),
  async (c) => {
    const rows = await listEndpoints(c.var.ctx);
    return c.json(page(rows, rows.length, webhookEndpointJson), 200);
  },
);

webhooks.openapi(
  route({
    method: "get",
    path: "/v1/webhook_endpoints/{id}",
    tag,
    summary: "Read a webhook endpoint",
    permission: "webhooks:read",
    request: { params: idParam() },
    answer: { status: 200, schema: webhookEndpointSchema, description: "The endpoint." },
  }),
  async (c) => c.json(webhookEndpointJson(await getEndpoint(c.var.ctx, c.req.valid("param").id)), 200),
);

webhooks.openapi(
  route({
    method: "patch",
    path: "/v1/webhook_endpoints/{id}",
    tag,
    summary: "Change a webhook endpoint, or switch it on or off",
    permission: "webhooks:write",
    request: { params: idParam(), ...jsonBody(updateWebhookEndpointSchema) },
    answer: { status: 200, schema: webhookEndpointSchema, description: "The endpoint." },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    const { url, description, event_types, status } = c.req.valid("json");
    const endpoint = await c.var.ctx.transaction(async ({ ctx }) => {
      const changed = await updateEndpoint(ctx, id, {
        ...(url !== undefined && { url }),
        ...(description !== undefined && { description }),
        ...(event_types !== undefined && { eventTypes: event_types }),
      });
      if (status === undefined || status === changed.status) return changed;
      return status === "enabled" ? enableEndpoint(ctx, id) : disableEndpoint(ctx, id);
    });
    return c.json(webhookEndpointJson(endpoint), 200);
  },
);

webhooks.openapi(
  route({
    method: "delete",
    path: "/v1/webhook_endpoints/{id}",
    tag,
    summary: "Delete a webhook endpoint",
    permission: "webhooks:write",
    request: { params: idParam() },
    answer: {
      status: 200,
      schema: z.object({ id: z.string(), object: z.literal("webhook_endpoint"), deleted: z.literal(true) }),
      description: "Gone.",
    },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    await deleteEndpoint(c.var.ctx, id);
    return c.json({ id, object: "webhook_endpoint" as const, deleted: true as const }, 200);
  },
);

const secretSchema = z.object({ object: z.literal("webhook_secret"), secret: z.string() }).openapi("WebhookSecret");

webhooks.openapi(
  route({
    method: "get",
    path: "/v1/webhook_endpoints/{id}/secret",
    tag,
    summary: "Show the signing secret",
    permission: "webhooks:write",
    request: { params: idParam() },
    answer: { status: 200, schema: secretSchema, description: "The secret." },
  }),
  async (c) => {
    const secret = await revealSecret(c.var.ctx, c.req.valid("param").id);
    return c.json({ object: "webhook_secret" as const, secret }, 200);
  },
);

webhooks.openapi(
  route({
    method: "post",
    path: "/v1/webhook_endpoints/{id}/roll",
    tag,
    summary: "Roll the signing secret",
    description: "Deliveries carry signatures by the old and the new secret for 24 hours.",
    permission: "webhooks:write",
    request: noBody,
    answer: { status: 200, schema: webhookEndpointWithSecretSchema, description: "The endpoint and its new secret." },
    idempotency: atomic,
  }),
  async (c) => {
    const rolled = await rollSecret(c.var.ctx, c.req.valid("param").id);
    return c.json({ ...webhookEndpointJson(rolled.endpoint), secret: rolled.secret }, 200);
  },
);

webhooks.openapi(
  route({
    method: "post",
    path: "/v1/webhook_endpoints/{id}/test",
    tag,
    summary: "Send a test event",
    permission: "webhooks:write",
    request: noBody,
    answer: {
      status: 201,
      schema: z.object({ object: z.literal("webhook_test"), endpoint: z.string() }).openapi("WebhookTest"),
      description: "A `webhook.test` event is on its way.",
    },
    idempotency: atomic,
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    await sendTestEvent(c.var.ctx, id);
    return c.json({ object: "webhook_test" as const, endpoint: id }, 201);
  },
);

webhooks.openapi(
  route({
    method: "get",
    path: "/v1/webhook_deliveries",
    tag,
    summary: "List deliveries, newest first",
    permission: "webhooks:read",
    request: { query: listWebhookDeliveriesSchema },
    answer: { status: 200, schema: listSchema(webhookDeliverySchema, "WebhookDeliveryList"), description: "A page." },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const found = await listDeliveries(c.var.ctx, {
      limit: query.limit,
      startingAfter: query.starting_after,
      endpointId: query.endpoint,
      eventId: query.event,
      status: query.status,
      eventType: query.event_type,
    });
    const data = found.deliveries.map(webhookDeliveryJson);
    return c.json({ object: "list" as const, data, has_more: found.hasMore }, 200);
  },
);

webhooks.openapi(
  route({
    method: "get",
    path: "/v1/webhook_deliveries/{id}",
    tag,
    summary: "Read a delivery with all its tries",
    permission: "webhooks:read",
    request: { params: idParam() },
    answer: { status: 200, schema: webhookDeliveryWithTriesSchema, description: "The delivery." },
  }),
  async (c) => {
    const { delivery, tries } = await getDelivery(c.var.ctx, c.req.valid("param").id);
    return c.json({ ...webhookDeliveryJson(delivery), tries: tries.map(webhookTryJson) }, 200);
  },
);

webhooks.openapi(
  route({
    method: "post",
    path: "/v1/webhook_deliveries/{id}/resend",
    tag,
    summary: "Send an event again",
    permission: "webhooks:write",
    request: noBody,
    answer: { status: 201, schema: webhookDeliveryWithTriesSchema, description: "The new delivery." },
    idempotency: atomic,
  }),
  async (c) => {
    const { delivery, tries } = await resendDelivery(c.var.ctx, c.req.valid("param").id);
    return c.json({ ...webhookDeliveryJson(delivery), tries: tries.map(webhookTryJson) }, 201);
  },
);

const replaySchema = z
  .object({ object: z.literal("replay"), deliveries: z.number().int(), dry_run: z.boolean() })
  .openapi("Replay");

webhooks.openapi(
  route({
    method: "post",
    path: "/v1/events/replay",
    tag,
    summary: "Send a range of events to an endpoint again",
    permission: "webhooks:write",
    problems: [404],
    request: { headers: idempotencyHeader, ...jsonBody(replayEventsSchema) },
    answer: { status: 201, schema: replaySchema, description: "How many deliveries were queued, or would be." },
    idempotency: atomic,
  }),
  async (c) => {
    const input = c.req.valid("json");
    const isDry = input.dry_run === true;
    const replay = isDry ? countReplay : replayEvents;
    const deliveries = await replay(c.var.ctx, input.endpoint, replayRange(input));
    return c.json({ object: "replay" as const, deliveries, dry_run: isDry }, 201);
  },
);

function replayRange(input: z.output<typeof replayEventsSchema>): ReplayRange {
  const bySequence = input.from_sequence !== undefined && input.to_sequence !== undefined;
  const byTime = input.from !== undefined && input.to !== undefined;
  if (bySequence === byTime) throw new InvalidParam("replay_range_invalid", bySequence ? "from" : "from_sequence");
  return bySequence
    ? { fromSequence: input.from_sequence ?? 1, toSequence: input.to_sequence ?? 1 }
    : { from: new Date(input.from ?? 0), to: new Date(input.to ?? 0) };
}
