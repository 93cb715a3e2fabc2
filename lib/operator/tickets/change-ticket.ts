import { and, eq, isNull } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { operators } from "#db/schema/access";
import { type TicketPriority, ticketNotes } from "#db/schema/tickets";
import { InvalidParam } from "#lib/kernel/errors";
import { newPlatformId } from "#lib/kernel/ids";
import { parameter } from "#lib/parameters/parameters";
import { TicketClosed, TicketNotOver } from "#lib/tickets/errors";
import { saveTicket, type Ticket } from "#lib/tickets/store";
import { answer, retarget, runClock, stopClock, targetsOf } from "#lib/tickets/ticket-clock";
import type { OperatorContext } from "../context.ts";
import { permissionsOfOperator } from "../permissions.ts";
import { recordDeedAt, recordHiddenDeedAt } from "../record.ts";
import { withTicket } from "./answer-ticket.ts";
import type { Note } from "./queue.ts";

export interface TicketChange {
  /** An operator who may write tickets; null for nobody. */
  readonly assignedTo?: string | null | undefined;
  readonly priority?: TicketPriority | undefined;
}

/** @throws NotFound, TicketClosed, InvalidParam when the operator is none who works on tickets */
export async function changeTicket(octx: OperatorContext, id: string, change: TicketChange): Promise<void> {
  if (change.assignedTo) await requireWorker(change.assignedTo);
  const [firstAnswer, resolution] = await Promise.all([
    parameter("ticket_first_answer_minutes"),
    parameter("ticket_resolution_minutes"),
  ]);
  await withTicket(octx, id, async (tx, ticket) => {
    if (ticket.state === "closed") throw new TicketClosed();
    const { priority = ticket.priority, assignedTo = ticket.assignedTo } = change;
    const targets = (of: TicketPriority) => targetsOf(of, firstAnswer, resolution);
    const clock = retarget(ticket, targets(ticket.priority), targets(priority));
    await saveTicket(tx, { ...clock, priority, assignedTo });
    if (assignedTo !== ticket.assignedTo) {
      const assigned = { before: { assigned_to: ticket.assignedTo }, after: { assigned_to: assignedTo } };
      await recordHiddenDeedAt(octx, tx, { verb: "ticket.assign", objectId: id, change: assigned });
    }
    if (priority === ticket.priority) return;
    const changed = { before: { priority: ticket.priority }, after: { priority } };
    await recordDeedAt(octx, tx, { verb: "ticket.prioritize", objectId: id, change: changed });
  });
}

async function requireWorker(id: string): Promise<void> {
  const [row] = await operatorDatabase()
    .select({ role: operators.role })
    .from(operators)
    .where(and(eq(operators.id, id), isNull(operators.endedAt)));
  if (!row || !permissionsOfOperator(row.role).has("tickets:write"))
    throw new InvalidParam("invalid_value", "assigned_to");
}

export interface Worker {
  readonly id: string;
  readonly name: string;
}

/** The operators whom a ticket can be given to. */
export async function listWorkers(): Promise<Worker[]> {
  const rows = await operatorDatabase()
    .select({ id: operators.id, name: operators.name, role: operators.role })
    .from(operators)
    .where(isNull(operators.endedAt))
    .orderBy(operators.name, operators.id)
    .limit(200);
  return rows.flatMap(({ id, name, role }) => (permissionsOfOperator(role).has("tickets:write") ? [{ id, name }] : []));
}

/** Settled without another word. @throws NotFound, TicketClosed */
export async function solveTicket(octx: OperatorContext, id: string): Promise<void> {
  await withTicket(octx, id, async (tx, ticket) => {
    if (ticket.state === "closed") throw new TicketClosed();
    const now = tx.ctx.realNow;
    await saveTicket(tx, { ...stopClock(answer(ticket, now), now), state: "solved", solvedAt: now });
    await recordDeedAt(octx, tx, { verb: "ticket.solve", objectId: id, change: stateChange(ticket, "solved") });
  });
}

/** @throws NotFound, TicketNotOver */
export async function takeUpTicket(octx: OperatorContext, id: string): Promise<void> {
  await withTicket(octx, id, async (tx, ticket) => {
    if (ticket.state !== "closed" && ticket.state !== "solved") throw new TicketNotOver(ticket.state);
    await saveTicket(tx, { ...runClock(ticket, tx.ctx.realNow), state: "waiting_for_us", solvedAt: null });
    await recordDeedAt(octx, tx, {
      verb: "ticket.reopen",
      objectId: id,
      change: stateChange(ticket, "waiting_for_us"),
    });
  });
}

function stateChange(ticket: Ticket, state: Ticket["state"]) {
  return { before: { state: ticket.state }, after: { state } };
}

/** For colleagues only: it lies in a table of the platform's. @throws NotFound */
export async function noteOnTicket(octx: OperatorContext, id: string, body: string): Promise<Note> {
  return withTicket(octx, id, async (tx) => {
    const createdAt = tx.ctx.realNow;
    const [row] = await tx.db
      .insert(ticketNotes)
      .values({
        id: newPlatformId("ticketNote", createdAt.getTime()),
        ticketId: id,
        aboutMerchant: tx.merchantId,
        operatorId: octx.operator.id,
        body,
        createdAt,
      })
      .returning();
    if (!row) throw new Error("note not inserted");
    await recordHiddenDeedAt(octx, tx, { verb: "ticket.note", objectId: id, change: { note: row.id } });
    return row;
  });
}
