import { sql } from "drizzle-orm";
import { boolean, index, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";

export const caseKinds = [
  "late_payment",
  "second_payment",
  "wrong_amount",
  "refund_wrong_amount",
  "refund_taken_back",
  "return_failed",
  "attempt_unknown",
  "ledger_check",
  "unknown_reference",
] as const;
export type CaseKind = (typeof caseKinds)[number];

/** How a case ended; the first three without anybody's help. */
export const caseEndings = ["returned_by_itself", "accepted_by_policy", "settled_by_itself", "by_operator"] as const;
export type CaseEnding = (typeof caseEndings)[number];

/** Something about money that did not go as it should, opened by the system once for each object that it is about. */
export const errorCases = pgTable(
  "error_cases",
  {
    id: text("id").primaryKey(),
    kind: text("kind", { enum: caseKinds }).notNull(),
    aboutMerchant: text("about_merchant").notNull(),
    livemode: boolean("livemode").notNull(),
    /** The attempt, refund, channel reference or book. */
    objectId: text("object_id").notNull(),
    orderId: text("order_id"),
    /** Ids, amounts and the channel's references: nothing about a person. */
    evidence: jsonb("evidence").$type<Record<string, unknown>>().notNull(),
    state: text("state", { enum: ["open", "resolved"] }).notNull(),
    assignedTo: text("assigned_to"),
    dueAt: instant("due_at").notNull(),
    openedAt: createdAt(),
    resolvedAt: instant("resolved_at"),
    ending: text("ending", { enum: caseEndings }),
    /** The operator; nothing when it ended by itself. */
    resolvedBy: text("resolved_by"),
    /** The operator's reason. */
    resolution: text("resolution"),
    /** What the system did: the refund that took the money back, the state that the channel named. */
    outcome: jsonb("outcome").$type<Record<string, unknown>>(),
  },
  (t) => [
    // Told of twice, it is still one.
    uniqueIndex("error_cases_once").on(t.aboutMerchant, t.kind, t.objectId),
    index("error_cases_due").on(t.dueAt, t.id).where(sql`${t.state} = 'open'`),
    index("error_cases_newest_first").on(t.state, t.id),
  ],
);
