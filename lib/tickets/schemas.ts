import { z } from "@hono/zod-openapi";
import { ticketCategories, ticketPriorities, ticketStates } from "#db/schema/tickets";
import type { FileFacts } from "#lib/sealed-files/load-file";
import type { Message, Ticket } from "./store.ts";

const body = z.string().trim().min(1).max(10_000).openapi({ description: "Plain text." });
const attachments = z
  .array(z.string().max(64))
  .max(5)
  .default([])
  .openapi({ description: "Ids of files sent to `/v1/ticket_files`." });

export const openTicketSchema = z
  .strictObject({
    subject: z.string().trim().min(1).max(200),
    category: z.enum(ticketCategories),
    priority: z.enum(ticketPriorities).default("normal"),
    body,
    order: z.string().max(64).optional().openapi({ description: "The order that it is about." }),
    refund: z.string().max(64).optional().openapi({ description: "The refund that it is about." }),
    attachments,
  })
  .openapi("OpenTicket", {
    example: {
      subject: "A refund has not arrived",
      category: "refund",
      priority: "normal",
      body: "The shopper still waits for the money of last Friday.",
    },
  });
export type OpenTicket = z.output<typeof openTicketSchema>;

export const sayInTicketSchema = z
  .strictObject({ body, attachments })
  .openapi("SayInTicket", { example: { body: "Here is the statement.", attachments: [] } });
export type SayInTicket = z.output<typeof sayInTicketSchema>;

export const ticketSchema = z
  .object({
    id: z.string(),
    object: z.literal("ticket"),
    livemode: z.boolean(),
    subject: z.string(),
    category: z.enum(ticketCategories),
    priority: z.enum(ticketPriorities),
    state: z.enum(ticketStates),
    order: z.string().nullable(),
    refund: z.string().nullable(),
    answer_due_at: z
      .string()
      .nullable()
      .openapi({ description: "By when the first answer is promised; null once it is there." }),
    solved_at: z.string().nullable(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .openapi("Ticket");

export const ticketMessageSchema = z
  .object({
    id: z.string(),
    object: z.literal("ticket_message"),
    side: z.enum(["merchant", "support"]),
    author: z.string(),
    body: z.string(),
    attachments: z.array(
      z.object({ id: z.string(), name: z.string(), content_type: z.string(), size: z.number().int() }),
    ),
    created_at: z.string(),
  })
  .openapi("TicketMessage");

export const ticketThreadSchema = ticketSchema
  .extend({ messages: z.array(ticketMessageSchema) })
  .openapi("TicketThread");

export function ticketJson(row: Ticket): z.output<typeof ticketSchema> {
  return {
    id: row.id,
    object: "ticket",
    livemode: row.livemode,
    subject: row.subject,
    category: row.category,
    priority: row.priority,
    state: row.state,
    order: row.orderId,
    refund: row.refundId,
    answer_due_at: row.firstAnsweredAt ? null : row.firstAnswerDueAt.toISOString(),
    solved_at: row.solvedAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

export function messageJson(row: Message, files: readonly FileFacts[]): z.output<typeof ticketMessageSchema> {
  return {
    id: row.id,
    object: "ticket_message",
    side: row.side,
    author: row.authorName,
    body: row.body,
    attachments: files
      .filter(({ id }) => row.attachments.includes(id))
      .map(({ id, name, contentType, size }) => ({ id, name, content_type: contentType, size })),
    created_at: row.createdAt.toISOString(),
  };
}

export interface Thread {
  readonly ticket: Ticket;
  readonly messages: readonly Message[];
  readonly files: readonly FileFacts[];
}

export function threadJson({ ticket, messages, files }: Thread): z.output<typeof ticketThreadSchema> {
  return { ...ticketJson(ticket), messages: messages.map((message) => messageJson(message, files)) };
}
