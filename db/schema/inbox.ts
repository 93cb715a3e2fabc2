import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { channelAccounts } from "./channel-accounts.ts";
import { createdAt, instant, livemode, merchantId } from "./columns.ts";

/** What providers have told us, once each: the row and its effect commit together. */
export const channelNotifications = pgTable(
  "channel_notifications",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    livemode: livemode(),
    channelAccountId: text("channel_account_id").notNull(),
    /** The provider's id of the event, the same over its retries. */
    providerEventId: text("provider_event_id").notNull(),
    kind: text("kind").notNull(),
    /** Our attempt or refund that it speaks of. */
    reference: text("reference"),
    orderId: text("order_id"),
    /** What became of it: `applied`, `repeated`, `mismatch`, `contradiction`, `ignored`, `unknown_reference`. */
    result: text("result").notNull(),
    body: text("body").notNull(),
    receivedAt: instant("received_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({
      columns: [t.merchantId, t.channelAccountId],
      foreignColumns: [channelAccounts.merchantId, channelAccounts.id],
      name: "channel_notifications_account",
    }),
    uniqueIndex("channel_notifications_once").on(t.merchantId, t.channelAccountId, t.providerEventId),
    index("channel_notifications_by_age").using("brin", t.receivedAt), // forgetting
    index("channel_notifications_by_order").on(t.merchantId, t.orderId, t.id),
  ],
);

/** The answer to a POST with an Idempotency-Key, given again when the same request comes again. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    merchantId: merchantId(),
    livemode: livemode(),
    key: text("key").notNull(),
    /** SHA-256 of method, path and body. */
    fingerprint: text("fingerprint").notNull(),
    /** Empty while the first request runs. */
    responseStatus: integer("response_status"),
    responseBody: jsonb("response_body").$type<unknown>(),
    /** The object that a request with a call to a channel works on: a retry after a crash goes on with it. */
    objectId: text("object_id"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.livemode, t.key] }),
    index("idempotency_keys_by_age").on(t.createdAt), // removal after 24 hours
  ],
);

/** Who did what, when, from where; written by each verb in its own transaction. */
export const auditLog = pgTable(
  "audit_log",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    livemode: livemode(),
    actorType: text("actor_type", { enum: ["api_key", "user", "shopper", "channel", "system", "operator"] }).notNull(),
    actorId: text("actor_id").notNull(),
    verb: text("verb").notNull(),
    objectId: text("object_id").notNull(),
    change: jsonb("change").$type<Record<string, unknown>>(),
    requestId: text("request_id").notNull(),
    // What says who and where somebody is. A seal covers only a salted digest of these three, so that a person can be
    // forgotten without breaking the chain (docs/decisions/0016-erasure-and-hash-chains.md).
    /** Part of the change that names a person. */
    personal: jsonb("personal").$type<Record<string, unknown>>(),
    ip: text("ip"),
    userAgent: text("user_agent"),
    /** Without it the digest tells nobody what it was made of. */
    personalSalt: uuid("personal_salt").default(sql`gen_random_uuid()`),
    /** Written when they are forgotten, in their place. */
    personalDigest: text("personal_digest"),
    createdAt: createdAt(),
    /** The server's clock at insertion: a seal covers what is older than any transaction may live. */
    recordedAt: instant("recorded_at").notNull().default(sql`clock_timestamp()`),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    // A digest beside what it stands for could be an old one beside something new.
    check(
      "audit_log_forgotten_whole",
      sql`${t.personalDigest} is null or num_nonnulls(${t.personal}, ${t.ip}, ${t.userAgent}, ${t.personalSalt}) = 0`,
    ),
    index("audit_log_by_age").using("brin", t.recordedAt), // forgetting; costs next to nothing
    index("audit_log_by_object").on(t.merchantId, t.objectId, t.id),
    index("audit_log_in_order").on(t.merchantId, t.livemode, t.recordedAt), // sealing
    // The filters of the activity log. Partial, so that what shoppers and channels do pays for none of them.
    index("audit_log_by_actor")
      .on(t.merchantId, t.actorId, t.id)
      .where(sql`${t.actorType} in ('user', 'operator', 'api_key')`),
    index("audit_log_by_verb")
      .on(t.merchantId, t.verb, t.id)
      .where(sql`${t.verb} not in ('order.create', 'attempt.start')`),
  ],
);
