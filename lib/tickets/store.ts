import { and, asc, desc, eq, inArray, lt, notInArray } from "drizzle-orm";
import { type TicketState, ticketMessages, tickets } from "#db/schema/tickets";
import type { Tx } from "#db/tenancy";
import { NotFound } from "#lib/kernel/errors";
import { newId } from "#lib/kernel/ids";
import { giveFiles } from "#lib/sealed-files/keep-file";
import { filesOf } from "#lib/sealed-files/load-file";
import type { Thread } from "./schemas.ts";
import { nextDue } from "./ticket-clock.ts";

export type Ticket = typeof tickets.$inferSelect;
export type Message = typeof ticketMessages.$inferSelect;

const over: readonly TicketState[] = ["solved", "closed"];

export interface TicketFilter {
  /** `open`: everything that is not over. */
  readonly state?: TicketState | "under_way" | "over" | undefined;
  readonly limit: number;
  readonly startingAfter?: string | undefined;
}

/** Newest first, one more than asked. Both worlds' together: they are the merchant's conversation with us. */
export function listTickets(tx: Tx, { state, limit, startingAfter }: TicketFilter): Promise<Ticket[]> {
  const inState = () => {
    if (state === undefined) return undefined;
    if (state === "under_way") return notInArray(tickets.state, [...over]);
    return state === "over" ? inArray(tickets.state, [...over]) : eq(tickets.state, state);
  };
  return tx.db
    .select()
    .from(tickets)
    .where(
      and(eq(tickets.merchantId, tx.merchantId), inState(), startingAfter ? lt(tickets.id, startingAfter) : undefined),
    )
    .orderBy(desc(tickets.id))
    .limit(limit + 1);
}

/** @throws NotFound */
export async function getTicket(tx: Tx, id: string, options: { lock?: boolean } = {}): Promise<Ticket> {
  const query = tx.db
    .select()
    .from(tickets)
    .where(and(eq(tickets.merchantId, tx.merchantId), eq(tickets.id, id)));
  const [row] = await (options.lock ? query.for("update") : query);
  if (!row) throw new NotFound("ticket");
  return row;
}

/** A ticket with all that was said in it. @throws NotFound */
export async function readThread(tx: Tx, id: string): Promise<Thread> {
  const ticket = await getTicket(tx, id);
  const [messages, files] = await Promise.all([
    tx.db
      .select()
      .from(ticketMessages)
      .where(and(eq(ticketMessages.merchantId, tx.merchantId), eq(ticketMessages.ticketId, id)))
      .orderBy(asc(ticketMessages.id)),
    filesOf(tx, id),
  ]);
  return { ticket, messages, files };
}

/** Writes a ticket as it is from now on; its next date follows from its clock. The row is locked. */
export async function saveTicket(tx: Tx, ticket: Ticket): Promise<Ticket> {
  const { merchantId, id, ...rest } = ticket;
  const [row] = await tx.db
    .update(tickets)
    .set({ ...rest, dueAt: nextDue(ticket), updatedAt: tx.ctx.realNow })
    .where(and(eq(tickets.merchantId, merchantId), eq(tickets.id, id)))
    .returning();
  if (!row) throw new Error("ticket not updated");
  return row;
}

export interface Said {
  readonly side: Message["side"];
  readonly authorId: string;
  readonly authorName: string;
  readonly body: string;
  readonly attachments: readonly string[];
}

/** @throws FileUnknown when an attachment is none of the author's */
export async function insertMessage(tx: Tx, ticketId: string, said: Said): Promise<Message> {
  const createdAt = tx.ctx.realNow;
  await giveFiles(tx, said.attachments, { purpose: "ticket", ownerId: ticketId, param: "attachments" });
  const [row] = await tx.db
    .insert(ticketMessages)
    .values({
      merchantId: tx.merchantId,
      id: newId("ticketMessage", tx.merchantId, createdAt.getTime()),
      ticketId,
      ...said,
      createdAt,
    })
    .returning();
  if (!row) throw new Error("message not inserted");
  return row;
}
