import { sql } from "drizzle-orm";
import { bigint, boolean, index, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";

// The platform's own tables. Whom a row is about stands in `about_merchant`, not in `merchant_id`: none of them is a
// tenant's, and the app's role sees none of them but `parameters`.

/** What operators did: only ever inserted. What concerns a merchant stands in the merchant's own audit log as well. */
export const operatorLog = pgTable(
  "operator_log",
  {
    /** Grows with time. */
    number: bigint("number", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    operatorId: text("operator_id").notNull(),
    verb: text("verb").notNull(),
    objectId: text("object_id").notNull(),
    aboutMerchant: text("about_merchant"),
    livemode: boolean("livemode"),
    change: jsonb("change").$type<Record<string, unknown>>(),
    requestId: text("request_id").notNull(),
    ip: text("ip"),
    userAgent: text("user_agent"),
    createdAt: createdAt(),
  },
  (t) => [
    index("operator_log_by_operator").on(t.operatorId, t.number),
    index("operator_log_by_merchant").on(t.aboutMerchant, t.number).where(sql`${t.aboutMerchant} is not null`),
    index("operator_log_by_object").on(t.objectId, t.number),
  ],
);

/** A deed that one operator proposes and another one decides. */
export const approvals = pgTable(
  "approvals",
  {
    id: text("id").primaryKey(),
    /** Names the entry of lib/operator/approvals/kinds.ts. */
    kind: text("kind").notNull(),
    /** What it is about: an order, a merchant, a parameter. */
    objectId: text("object_id").notNull(),
    aboutMerchant: text("about_merchant"),
    livemode: boolean("livemode"),
    payload: jsonb("payload").$type<Record<string, unknown>>().notNull(),
    /** The facts as the one who proposed saw them. */
    seen: jsonb("seen").$type<Record<string, unknown>>().notNull(),
    reason: text("reason").notNull(),
    status: text("status", { enum: ["pending", "approved", "rejected", "withdrawn", "expired"] }).notNull(),
    proposedBy: text("proposed_by").notNull(),
    createdAt: createdAt(),
    expiresAt: instant("expires_at").notNull(),
    decidedBy: text("decided_by"),
    decidedAt: instant("decided_at"),
    decisionReason: text("decision_reason"),
    /** The facts as the one who decided saw them, and what came of it. */
    seenAtDecision: jsonb("seen_at_decision").$type<Record<string, unknown>>(),
    outcome: jsonb("outcome").$type<Record<string, unknown>>(),
  },
  (t) => [
    // One open proposal for one deed on one object: two would both be approved.
    uniqueIndex("approvals_open").on(t.kind, t.objectId).where(sql`${t.status} = 'pending'`),
    index("approvals_by_status").on(t.status, t.createdAt),
    index("approvals_by_merchant").on(t.aboutMerchant, t.createdAt),
  ],
);

/** An operator at a merchant's dashboard: for a reason, for a time, and seen by the merchant. */
export const impersonations = pgTable(
  "impersonations",
  {
    id: text("id").primaryKey(),
    operatorId: text("operator_id").notNull(),
    aboutMerchant: text("about_merchant").notNull(),
    /** SHA-256, hex, of the token in the browser's cookie. */
    hash: text("hash").notNull(),
    reason: text("reason").notNull(),
    /** Whether a second operator has allowed changes. */
    mayWrite: boolean("may_write").notNull().default(false),
    createdAt: createdAt(),
    expiresAt: instant("expires_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (t) => [
    uniqueIndex("impersonations_by_hash").on(t.hash),
    index("impersonations_by_merchant").on(t.aboutMerchant, t.createdAt),
  ],
);

/** A system parameter that differs from its default. Read by the app's role; changed by two operators. */
export const parameters = pgTable("parameters", {
  name: text("name").primaryKey(),
  value: jsonb("value").notNull(),
  updatedAt: instant("updated_at").notNull(),
  updatedBy: text("updated_by").notNull(),
});
