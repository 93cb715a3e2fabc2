import { sql } from "drizzle-orm";
import { bigint, check, foreignKey, index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, instant, livemode, merchantId } from "./columns.ts";
import { merchants } from "./merchants.ts";

export const ticketCategories = [
  "payment",
  "refund",
  "settlement",
  "webhook",
  "account",
  "technical",
  "other",
] as const;
export type TicketCategory = (typeof ticketCategories)[number];

export const ticketPriorities = ["low", "normal", "high", "urgent"] as const;
export type TicketPriority = (typeof ticketPriorities)[number];

/** `open`: nobody of ours has answered yet. */
export const ticketStates = ["open", "waiting_for_us", "waiting_for_merchant", "solved", "closed"] as const;
export type TicketState = (typeof ticketStates)[number];

/** A merchant's question and what became of it. */
export const tickets = pgTable(
  "tickets",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    /** The world that it was asked in, and that the linked order and refund are of. */
    livemode: livemode(),
    subject: text("subject").notNull(),
    category: text("category", { enum: ticketCategories }).notNull(),
    priority: text("priority", { enum: ticketPriorities }).notNull(),
    state: text("state", { enum: ticketStates }).notNull(),
    orderId: text("order_id"),
    refundId: text("refund_id"),
    /** A person of the merchant, or its server's key. */
    openedBy: text("opened_by").notNull(),
    /** An operator. */
    assignedTo: text("assigned_to"),
    firstAnswerDueAt: instant("first_answer_due_at").notNull(),
    firstAnsweredAt: instant("first_answered_at"),
    /** Nothing while the clock stands: the merchant has the word, or it is over. */
    resolutionDueAt: instant("resolution_due_at"),
    /** What was left when the clock was stopped. */
    resolutionLeftMs: bigint("resolution_left_ms", { mode: "number" }),
    /** The sooner of both; nothing while nobody waits for us. */
    dueAt: instant("due_at"),
    solvedAt: instant("solved_at"),
    createdAt: createdAt(),
    /** Of the last message or change of state. */
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({ columns: [t.merchantId], foreignColumns: [merchants.merchantId], name: "tickets_merchant" }),
    check("tickets_clock_runs_or_stands", sql`(${t.resolutionDueAt} is null) <> (${t.resolutionLeftMs} is null)`),
    index("tickets_by_state").on(t.merchantId, t.state, t.id),
    // The support's queue over all merchants: those that wait for us, the first due on top.
    index("tickets_due").on(t.dueAt, t.id).where(sql`due_at is not null`),
  ],
);

/** What was said. Only ever inserted. */
export const ticketMessages = pgTable(
  "ticket_messages",
  {
    merchantId: merchantId(),
    id: text("id").notNull(),
    ticketId: text("ticket_id").notNull(),
    side: text("side", { enum: ["merchant", "support"] }).notNull(),
    authorId: text("author_id").notNull(),
    /** As the other side is shown it. */
    authorName: text("author_name").notNull(),
    body: text("body").notNull(),
    /** Ids of sealed files. */
    attachments: jsonb("attachments").$type<readonly string[]>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.merchantId, t.id] }),
    foreignKey({
      columns: [t.merchantId, t.ticketId],
      foreignColumns: [tickets.merchantId, tickets.id],
      name: "ticket_messages_ticket",
    }),
    index("ticket_messages_by_ticket").on(t.merchantId, t.ticketId, t.id),
  ],
);

/** What operators tell each other about a ticket. A table of the platform's: no merchant's query reaches it. */
export const ticketNotes = pgTable(
  "ticket_notes",
  {
    id: text("id").primaryKey(),
    ticketId: text("ticket_id").notNull(),
    aboutMerchant: text("about_merchant").notNull(),
    operatorId: text("operator_id").notNull(),
    body: text("body").notNull(),
    createdAt: createdAt(),
  },
  (t) => [index("ticket_notes_by_ticket").on(t.ticketId, t.id)],
);
