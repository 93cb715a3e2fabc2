import { sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, livemode, merchantId } from "./columns.ts";

/** What a merchant's programs asked /v1 and what we answered, secrets and card numbers cut out. Kept for 30 days. */
export const requestLog = pgTable(
  "request_log",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    livemode: livemode(),
    requestId: text("request_id").notNull(),
    actorType: text("actor_type", { enum: ["api_key", "user", "operator"] }).notNull(),
    actorId: text("actor_id").notNull(),
    method: text("method").notNull(),
    /** With its query. */
    path: text("path").notNull(),
    status: integer("status").notNull(),
    /** Of a problem. */
    errorCode: text("error_code"),
    durationMs: integer("duration_ms").notNull(),
    ip: text("ip"),
    userAgent: text("user_agent"),
    requestBody: text("request_body"),
    responseBody: text("response_body"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    index("request_log_by_request").on(t.merchantId, t.requestId),
    index("request_log_by_actor").on(t.merchantId, t.livemode, t.actorId, t.id), // a key that is rarely used beside a busy one
    index("request_log_by_rare_method")
      .on(t.merchantId, t.livemode, t.method, t.id)
      .where(sql`${t.method} not in ('GET', 'POST')`),
    index("request_log_failed").on(t.merchantId, t.livemode, t.id).where(sql`${t.status} >= 400`),
    index("request_log_by_age").on(t.createdAt), // removal after 30 days
  ],
);

/** Nonces of signed requests, kept for as long as the signature they came with would still be taken. */
export const requestNonces = pgTable(
  "request_nonces",
  {
    merchantId: merchantId(),
    keyId: text("key_id").notNull(),
    nonce: text("nonce").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.keyId, t.nonce] }),
    index("request_nonces_by_age").on(t.createdAt), // removal
  ],
);
