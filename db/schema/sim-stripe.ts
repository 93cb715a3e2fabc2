import { sql } from "drizzle-orm";
import { bigint, bigserial, index, integer, json, primaryKey, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import { sim } from "./sim.ts";

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** An account at the provider with its keys and its one webhook endpoint. */
export const stripeAccounts = sim.table(
  "stripe_accounts",
  {
    id: text("id").primaryKey(),
    label: text("label").notNull(),
    secretKey: text("secret_key").notNull(),
    publishableKey: text("publishable_key").notNull(),
    /** `whsec_…`, used as it stands as the HMAC key. */
    webhookSecret: text("webhook_secret").notNull(),
    webhookEndpointId: text("webhook_endpoint_id").notNull(),
    /** Null until the endpoint is registered. */
    webhookUrl: text("webhook_url"),
    enabledEvents: text("enabled_events").array().notNull(),
    webhookCreatedAt: instant("webhook_created_at"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("stripe_accounts_by_secret_key").on(t.secretKey), // authentication
    uniqueIndex("stripe_accounts_by_publishable_key").on(t.publishableKey), // authentication from the browser
  ],
);

/**
 * Every object of the API as its JSON reads, with unexpanded references. `hidden` is what the API never shows. Card
 * numbers are in neither.
 */
export const stripeObjects = sim.table(
  "stripe_objects",
  {
    id: text("id").primaryKey(),
    /** Creation order within one second. */
    seq: bigserial("seq", { mode: "number" }).notNull(),
    accountId: text("account_id").notNull(),
    object: text("object").notNull(),
    /** The payment intent that a charge, refund, dispute or balance transaction belongs to. */
    paymentIntentId: text("payment_intent_id"),
    /** `metadata.reference`: the merchant's own id. */
    reference: text("reference"),
    /** Seconds since 1970, as the API says it. */
    created: bigint("created", { mode: "number" }).notNull(),
    body: json("body").$type<unknown>().notNull(),
    hidden: json("hidden").$type<unknown>(),
  },
  (t) => [
    index("stripe_objects_listed").on(t.accountId, t.object, t.created, t.seq), // lists, newest first
    index("stripe_objects_by_payment_intent").on(t.paymentIntentId).where(sql`${t.paymentIntentId} is not null`), // charge, refunds
    index("stripe_objects_by_reference").on(t.accountId, t.reference).where(sql`${t.reference} is not null`), // search
  ],
);

/** An event and its delivery to the account's endpoint. */
export const stripeEvents = sim.table(
  "stripe_events",
  {
    id: text("id").primaryKey(),
    seq: bigserial("seq", { mode: "number" }).notNull(),
    accountId: text("account_id").notNull(),
    type: text("type").notNull(),
    /** Merchant references of the object and of its payment: what a fault may name. */
    references: text("merchant_references").array().notNull(),
    /** The very text that is signed and sent: a retry must not differ by a byte. */
    payload: text("payload").notNull(),
    created: bigint("created", { mode: "number" }).notNull(),
    attempts: integer("attempts").notNull().default(0),
    /** Null when nothing more is to be sent: accepted, given up, lost, or nobody subscribed. */
    nextAt: instant("next_at"),
    /** How often to send it again although it was accepted. */
    repeats: integer("repeats").notNull().default(0),
    /** Held back by this reordering fault until a second event comes. */
    heldByFault: bigint("held_by_fault", { mode: "number" }),
    /** Held back until this event has been sent. */
    heldForEvent: text("held_for_event"),
  },
  (t) => [
    index("stripe_events_due").on(t.nextAt).where(sql`${t.nextAt} is not null`), // delivery
    index("stripe_events_held").on(t.heldForEvent).where(sql`${t.heldForEvent} is not null`), // release of held events
    index("stripe_events_by_account").on(t.accountId, t.seq), // GET /v1/events
    index("stripe_events_by_reference").using("gin", t.references), // test pages
  ],
);

/** The stored answer of a POST with an Idempotency-Key, kept for 24 hours. */
export const stripeIdempotency = sim.table(
  "stripe_idempotency",
  {
    accountId: text("account_id").notNull(),
    key: text("key").notNull(),
    /** HMAC over method, path and parameters, so that it gives away no card number. */
    fingerprint: text("fingerprint").notNull(),
    requestId: text("request_id").notNull(),
    status: integer("status").notNull(),
    body: text("body").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.key] }),
    index("stripe_idempotency_by_age").on(t.createdAt), // expiry
  ],
);

/** What the provider does later by itself: finishes a refund or an authentication, lets an authorisation lapse. */
export const stripeTasks = sim.table(
  "stripe_tasks",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    accountId: text("account_id").notNull(),
    kind: text("kind").notNull(),
    objectId: text("object_id").notNull(),
    dueAt: instant("due_at").notNull(),
  },
  (t) => [index("stripe_tasks_due").on(t.dueAt)],
);

/** Misbehaviour on demand; `remaining` counts down, null means until it is replaced. */
export const stripeFaults = sim.table(
  "stripe_faults",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    accountId: text("account_id").notNull(),
    kind: text("kind").notNull(),
    operation: text("operation"),
    reference: text("reference"),
    remaining: integer("remaining"),
    times: integer("times").notNull(),
    delayMs: integer("delay_ms"),
    amount: bigint("amount", { mode: "number" }),
  },
  (t) => [index("stripe_faults_by_account").on(t.accountId)],
);
