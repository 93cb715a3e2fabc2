import { z } from "@hono/zod-openapi";
import type { events, webhookTries } from "#db/schema/events";
import { eventTypes } from "./event-types.ts";
import type { WebhookDelivery, WebhookEndpoint } from "./store.ts";

const timestamp = z.iso.datetime().openapi({ example: "2026-03-01T08:30:00.000Z" });
const eventSelection = z
  .array(z.enum([...eventTypes, "*"]))
  .min(1)
  .max(eventTypes.length + 1)
  .openapi({ description: "Event types to receive, or `*` for all." });
// Whether it is an address that we may send to is the verb's to say, with its own error codes.
const url = z.string().min(1).max(4_096).openapi({ example: "https://shop.example/webhooks" });
const description = z.string().max(500);

const endpointExample = {
  id: "we_7k2m9xqa01kahz8m4p6r8t0w2y4a",
  object: "webhook_endpoint",
  livemode: false,
  url: "https://shop.example/webhooks",
  description: "Shop",
  event_types: ["order.paid", "refund.succeeded"],
  status: "enabled",
  disabled_reason: null,
  failing_since: null,
  previous_secret_expires_at: null,
  created_at: "2026-03-01T08:00:00.000Z",
  updated_at: null,
};
const tryExample = {
  number: 1,
  at: "2026-03-01T08:32:00.000Z",
  response_status: 204,
  response_body: "",
  error: null,
  duration_ms: 84,
};
const deliveryExample = {
  id: "wd_7k2m9xqa01kajv7c5e7g9j1m3p5r",
  object: "webhook_delivery",
  livemode: false,
  event: "evt_7k2m9xqa01kajv6q1s3v5x7z9b2d",
  event_type: "order.paid",
  endpoint: endpointExample.id,
  cause: "event",
  status: "succeeded",
  try_count: 1,
  next_try_at: null,
  last_try_at: tryExample.at,
  response_status: 204,
  response_body: "",
  error: null,
  duration_ms: 84,
  created_at: "2026-03-01T08:32:00.000Z",
};

export const createWebhookEndpointSchema = z
  .strictObject({ url, description: description.optional(), event_types: eventSelection.default(["*"]) })
  .openapi("CreateWebhookEndpoint", {
    example: { url: "https://shop.example/webhooks", event_types: ["order.paid", "refund.succeeded"] },
  });

export const updateWebhookEndpointSchema = z
  .strictObject({
    url: url.optional(),
    description: description.nullable().optional(),
    event_types: eventSelection.optional(),
    status: z.enum(["enabled", "disabled"]).optional(),
  })
  .openapi("UpdateWebhookEndpoint", { example: { event_types: ["*"], status: "enabled" } });

export const webhookEndpointSchema = z
  .object({
    id: z.string(),
    object: z.literal("webhook_endpoint"),
    livemode: z.boolean(),
    url: z.string(),
    description: z.string().nullable(),
    event_types: z.array(z.string()),
    status: z.enum(["enabled", "disabled"]),
    disabled_reason: z.enum(["by_merchant", "gone", "failing"]).nullable(),
    failing_since: timestamp.nullable(),
    previous_secret_expires_at: timestamp.nullable(),
    created_at: timestamp,
    updated_at: timestamp.nullable(),
  })
  .openapi("WebhookEndpoint", { example: endpointExample });

/** The answer to creating an endpoint and to rolling its secret. */
export const webhookEndpointWithSecretSchema = webhookEndpointSchema
  .extend({ secret: z.string().openapi({ description: "Signing secret (Standard Webhooks).", example: "whsec_…" }) })
  .openapi("WebhookEndpointWithSecret", { example: { ...endpointExample, secret: "whsec_…" } });

export const webhookDeliverySchema = z
  .object({
    id: z.string(),
    object: z.literal("webhook_delivery"),
    livemode: z.boolean(),
    event: z.string(),
    event_type: z.string(),
    endpoint: z.string(),
    cause: z.enum(["event", "resend", "replay"]),
    status: z.enum(["pending", "succeeded", "failed"]),
    try_count: z.int(),
    next_try_at: timestamp.nullable(),
    last_try_at: timestamp.nullable(),
    response_status: z.int().nullable(),
    response_body: z.string().nullable(),
    error: z.string().nullable(),
    duration_ms: z.int().nullable(),
    created_at: timestamp,
  })
  .openapi("WebhookDelivery", { example: deliveryExample });

export const webhookTrySchema = z
  .object({
    number: z.int(),
    at: timestamp,
    response_status: z.int().nullable(),
    response_body: z.string().nullable(),
    error: z.string().nullable(),
    duration_ms: z.int(),
  })
  .openapi("WebhookTry", { example: tryExample });

export const webhookDeliveryWithTriesSchema = webhookDeliverySchema
  .extend({ tries: z.array(webhookTrySchema) })
  .openapi("WebhookDeliveryWithTries", { example: { ...deliveryExample, tries: [tryExample] } });

export const listWebhookDeliveriesSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  starting_after: z.string().max(64).optional(),
  endpoint: z.string().max(64).optional(),
  event: z.string().max(64).optional(),
  status: z.enum(["pending", "succeeded", "failed"]).optional(),
  event_type: z.enum(eventTypes).optional(),
});

export const replayEventsSchema = z
  .strictObject({
    endpoint: z.string().max(64),
    from_sequence: z.int().min(1).optional(),
    to_sequence: z.int().min(1).optional(),
    from: timestamp.optional(),
    to: timestamp.optional(),
    dry_run: z.boolean().optional().openapi({ description: "Only counts; nothing is sent." }),
  })
  .openapi("ReplayEvents", {
    description: "Either a range of sequence numbers or a range of time, ends included.",
    example: { endpoint: endpointExample.id, from_sequence: 1, to_sequence: 20 },
  });

export const eventSchema = z
  .object({
    id: z.string(),
    object: z.literal("event"),
    type: z.string(),
    livemode: z.boolean(),
    sequence: z.int().nullable().openapi({
      description: "1, 2, 3 … per merchant and mode, without gaps; null for the moment before it is given.",
    }),
    request_id: z.string().nullable().openapi({
      description: "`Request-Id` of the request that it came of; one of our own where no request of yours began it.",
    }),
    created_at: timestamp,
    data: z.object({ object: z.record(z.string(), z.unknown()) }),
  })
  .openapi("Event", {
    example: {
      id: "evt_7k2m9xqa01kajv6q1s3v5x7z9b2d",
      object: "event",
      type: "order.paid",
      livemode: false,
      sequence: 42,
      request_id: "req_5v0c1hzm8t2q9k4xw7ab",
      created_at: "2026-03-01T08:32:00.000Z",
      data: { object: { id: "ord_7k2m9xqa01kajv4s9b3n5t8cwz2e", object: "order", status: "paid" } },
    },
  });

export type WebhookEndpointJson = z.infer<typeof webhookEndpointSchema>;
export type WebhookDeliveryJson = z.infer<typeof webhookDeliverySchema>;
export type WebhookTryJson = z.infer<typeof webhookTrySchema>;
export type EventJson = z.infer<typeof eventSchema>;

const time = (at: Date | null) => at?.toISOString() ?? null;

export function webhookEndpointJson(endpoint: WebhookEndpoint): WebhookEndpointJson {
  return {
    id: endpoint.id,
    object: "webhook_endpoint",
    livemode: endpoint.livemode,
    url: endpoint.url,
    description: endpoint.description,
    event_types: endpoint.eventTypes,
    status: endpoint.status,
    disabled_reason: endpoint.disabledReason,
    failing_since: time(endpoint.failingSince),
    previous_secret_expires_at: time(endpoint.previousSecretExpiresAt),
    created_at: endpoint.createdAt.toISOString(),
    updated_at: time(endpoint.updatedAt),
  };
}

export function webhookDeliveryJson(delivery: WebhookDelivery & { eventType: string }): WebhookDeliveryJson {
  return {
    id: delivery.id,
    object: "webhook_delivery",
    livemode: delivery.livemode,
    event: delivery.eventId,
    event_type: delivery.eventType,
    endpoint: delivery.endpointId,
    cause: delivery.cause,
    status: delivery.status,
    try_count: delivery.tryCount,
    next_try_at: time(delivery.nextTryAt),
    last_try_at: time(delivery.lastTryAt),
    response_status: delivery.responseStatus,
    response_body: delivery.responseBody,
    error: delivery.error,
    duration_ms: delivery.durationMs,
    created_at: delivery.createdAt.toISOString(),
  };
}

export function webhookTryJson(entry: typeof webhookTries.$inferSelect): WebhookTryJson {
  return {
    number: entry.number,
    at: entry.at.toISOString(),
    response_status: entry.responseStatus,
    response_body: entry.responseBody,
    error: entry.error,
    duration_ms: entry.durationMs,
  };
}

type EventRow = Pick<
  typeof events.$inferSelect,
  "id" | "type" | "livemode" | "sequence" | "requestId" | "createdAt" | "data"
>;

/** Word for word the body of a webhook, so that a receiver and a reader of the API parse the same thing. */
export function eventJson(event: EventRow): EventJson {
  return {
    id: event.id,
    object: "event",
    type: event.type,
    livemode: event.livemode,
    sequence: event.sequence,
    request_id: event.requestId,
    created_at: event.createdAt.toISOString(),
    data: { object: event.data },
  };
}
