import { and, asc, count, desc, eq, gt, isNotNull, isNull, lt, lte, or, type SQL } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { type TicketPriority, type TicketState, ticketNotes, tickets } from "#db/schema/tickets";
import { NotFound } from "#lib/kernel/errors";
import type { Thread } from "#lib/tickets/schemas";
import { readThread, type Ticket } from "#lib/tickets/store";
import type { OperatorContext } from "../context.ts";

export interface QueueFilter {
  /** `due`: those that wait for us, the first due on top; otherwise the newest first. */
  readonly state?: TicketState | "due" | undefined;
  readonly priority?: TicketPriority | undefined;
  readonly merchant?: string | undefined;
  /** An operator, or `none`. */
  readonly assigned?: string | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** One row more than the limit when there are more. */
export async function listQueue(filter: QueueFilter): Promise<Ticket[]> {
  const last = filter.after ? await findTicket(filter.after) : undefined;
  const byDue = filter.state === "due";
  return operatorDatabase()
    .select()
    .from(tickets)
    .where(and(matches(filter), last && (byDue ? afterDue(last) : lt(tickets.id, last.id))))
    .orderBy(...(byDue ? [asc(tickets.dueAt), asc(tickets.id)] : [desc(tickets.createdAt), desc(tickets.id)]))
    .limit(filter.limit + 1);
}

function matches({ state, priority, merchant, assigned }: QueueFilter): SQL | undefined {
  const inState = () => (state === "due" ? isNotNull(tickets.dueAt) : state && eq(tickets.state, state));
  const isAssigned = () =>
    assigned === "none" ? isNull(tickets.assignedTo) : assigned && eq(tickets.assignedTo, assigned);
  return and(
    inState() || undefined,
    priority && eq(tickets.priority, priority),
    merchant ? eq(tickets.merchantId, merchant) : undefined,
    isAssigned() || undefined,
  );
}

function afterDue({ dueAt, id }: Ticket): SQL | undefined {
  // One that was answered meanwhile has lost its place: the page begins anew.
  return dueAt ? or(gt(tickets.dueAt, dueAt), and(eq(tickets.dueAt, dueAt), gt(tickets.id, id))) : undefined;
}

/** @throws NotFound */
export async function findTicket(id: string): Promise<Ticket> {
  const [row] = await operatorDatabase().select().from(tickets).where(eq(tickets.id, id)).limit(1);
  if (!row) throw new NotFound("ticket");
  return row;
}

export type Note = typeof ticketNotes.$inferSelect;

/** A ticket with what was said to the merchant, and what only we read. @throws NotFound */
export async function readTicket(
  octx: OperatorContext,
  id: string,
): Promise<{ readonly thread: Thread; readonly notes: readonly Note[] }> {
  const { merchantId, livemode } = await findTicket(id);
  const [thread, notes] = await Promise.all([
    octx.at(merchantId, livemode).transaction((tx) => readThread(tx, id)),
    operatorDatabase().select().from(ticketNotes).where(eq(ticketNotes.ticketId, id)).orderBy(asc(ticketNotes.id)),
  ]);
  return { thread, notes };
}

/** For the navigation: how many wait for us, and how many of them are overdue. */
export async function countQueue(
  octx: OperatorContext,
): Promise<{ readonly waiting: number; readonly overdue: number }> {
  const db = operatorDatabase();
  const [[waiting], [overdue]] = await Promise.all([
    db.select({ number: count() }).from(tickets).where(isNotNull(tickets.dueAt)),
    db.select({ number: count() }).from(tickets).where(lte(tickets.dueAt, octx.now)),
  ]);
  return { waiting: waiting?.number ?? 0, overdue: overdue?.number ?? 0 };
}
