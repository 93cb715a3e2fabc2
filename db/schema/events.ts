import { sql } from "drizzle-orm";
import { bigint, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, instant, livemode, merchantId } from "./columns.ts";
import { merchants } from "./merchants.ts";

/** Something that happened to a merchant's objects; the outbox of webhooks and the story on an order's page. */
export const events = pgTable(
  "events",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    livemode: livemode(),
    type: text("type").notNull(),
    objectId: text("object_id").notNull(),
    orderId: text("order_id"),
    /** The object as the API showed it at that moment. */
    data: jsonb("data").$type<Record<string, unknown>>().notNull(),
    /** Given when the outbox is drained, so that writers never wait for each other; 1, 2, 3 … per merchant and mode. */
    sequence: bigint("sequence", { mode: "number" }),
    /** The request that it came of, or the id of the work that no request began. */
    requestId: text("request_id"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    uniqueIndex("events_by_sequence").on(t.merchantId, t.livemode, t.sequence),
    index("events_by_order").on(t.merchantId, t.orderId, t.id),
    index("events_newest_first").on(t.merchantId, t.livemode, t.id),
    // The other types are found on the way through the newest; a payment pays for none of these.
    index("events_of_rare_types")
      .on(t.merchantId, t.livemode, t.type, t.id)
      .where(sql`type not in ('order.created', 'order.paid')`),
    index("events_to_drain").on(t.merchantId, t.id).where(sql`sequence is null`), // the outbox: only what is not drained
  ],
);

/** The last sequence number given. */
export const eventSequences = pgTable(
  "event_sequences",
  { merchantId: merchantId(), livemode: livemode(), last: bigint("last", { mode: "number" }).notNull() },
  (t) => [primaryKey({ columns: [t.merchantId, t.livemode] })],
);

export const webhookEndpoints = pgTable(
  "webhook_endpoints",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    livemode: livemode(),
    url: text("url").notNull(),
    description: text("description"),
    /** Event types, or `*`. */
    eventTypes: jsonb("event_types").$type<string[]>().notNull(),
    /** Sealed `whsec_…` (Standard Webhooks: base64 after the prefix). */
    secret: text("secret").notNull(),
    /** The secret before the last roll, sealed too: it keeps signing beside the new one until it expires. */
    previousSecret: text("previous_secret"),
    previousSecretExpiresAt: instant("previous_secret_expires_at"),
    status: text("status", { enum: ["enabled", "disabled"] })
      .notNull()
      .default("enabled"),
    /** `by_merchant`, `gone` (the endpoint answered 410) or `failing` (nothing accepted for too long). */
    disabledReason: text("disabled_reason", { enum: ["by_merchant", "gone", "failing"] }),
    /** Since when no delivery has been accepted; empty while it works. */
    failingSince: instant("failing_since"),
    /** When the merchant was told that it has been failing; once per failure. */
    alertedAt: instant("alerted_at"),
    /** A deleted endpoint is seen by nobody, but its log stays, and deleting it costs the same with ten million deliveries. */
    deletedAt: instant("deleted_at"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at"),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({ columns: [t.merchantId], foreignColumns: [merchants.merchantId], name: "webhook_endpoints_merchant" }),
    index("webhook_endpoints_by_mode").on(t.merchantId, t.livemode, t.status),
  ],
);

/** One event on its way to one endpoint. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    livemode: livemode(),
    eventId: text("event_id").notNull(),
    endpointId: text("endpoint_id").notNull(),
    /** Why it exists: the event happened, or the merchant asked for it again. */
    cause: text("cause", { enum: ["event", "resend", "replay"] })
      .notNull()
      .default("event"),
    status: text("status", { enum: ["pending", "succeeded", "failed"] }).notNull(),
    tryCount: integer("try_count").notNull().default(0),
    /** While a worker has it in hand: the end of that worker's claim. */
    nextTryAt: instant("next_try_at"),
    /** Of the last try: HTTP status, or none and an error word (`timeout`, `address_refused`, `redirect` …). */
    responseStatus: integer("response_status"),
    error: text("error"),
    /** First bytes of the last answer, for the log. */
    responseBody: text("response_body"),
    durationMs: integer("duration_ms"),
    lastTryAt: instant("last_try_at"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({
      columns: [t.merchantId, t.eventId],
      foreignColumns: [events.merchantId, events.id],
      name: "webhook_deliveries_event",
    }),
    foreignKey({
      columns: [t.merchantId, t.endpointId],
      foreignColumns: [webhookEndpoints.merchantId, webhookEndpoints.id],
      name: "webhook_deliveries_endpoint",
    }),
    index("webhook_deliveries_by_endpoint").on(t.merchantId, t.endpointId, t.id),
    index("webhook_deliveries_by_event").on(t.merchantId, t.eventId),
    // Sweep: a delivery whose job was lost. The second half keeps it from claims by id, as with orders_due.
    index("webhook_deliveries_due").on(t.nextTryAt).where(sql`status = 'pending' and next_try_at is not null`),
    index("webhook_deliveries_newest_first").on(t.merchantId, t.livemode, t.id),
    index("webhook_deliveries_failed").on(t.merchantId, t.livemode, t.id).where(sql`status = 'failed'`), // what needs a look
  ],
);

/** Each single try of a delivery, for the merchant who asks why nothing arrived. */
export const webhookTries = pgTable(
  "webhook_tries",
  {
    merchantId: merchantId(),
    deliveryId: text("delivery_id").notNull(),
    /** 1, 2, 3 … */
    number: integer("number").notNull(),
    at: instant("at").notNull(),
    responseStatus: integer("response_status"),
    error: text("error"),
    responseBody: text("response_body"),
    durationMs: integer("duration_ms").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.deliveryId, t.number] }),
    foreignKey({
      columns: [t.merchantId, t.deliveryId],
      foreignColumns: [webhookDeliveries.merchantId, webhookDeliveries.id],
      name: "webhook_tries_delivery",
    }),
  ],
);
