import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { TicketClosed, TicketNotOver } from "./errors.ts";
import type { Thread } from "./schemas.ts";
import { getTicket, readThread, saveTicket } from "./store.ts";
import { runClock, stopClock } from "./ticket-clock.ts";

/** The merchant needs no more. @throws NotFound, TicketClosed */
export async function closeTicket(ctx: Context, id: string): Promise<Thread> {
  return ctx.transaction(async (tx) => {
    const ticket = await getTicket(tx, id, { lock: true });
    if (ticket.state === "closed") throw new TicketClosed();
    await saveTicket(tx, { ...stopClock(ticket, ctx.realNow), state: "closed" });
    await recordAudit(tx, "ticket.close", id, { before: { state: ticket.state }, after: { state: "closed" } });
    return readThread(tx, id);
  });
}

/** It was not over after all. @throws NotFound, TicketNotOver */
export async function reopenTicket(ctx: Context, id: string): Promise<Thread> {
  return ctx.transaction(async (tx) => {
    const ticket = await getTicket(tx, id, { lock: true });
    if (ticket.state !== "closed" && ticket.state !== "solved") throw new TicketNotOver(ticket.state);
    const state = ticket.firstAnsweredAt ? "waiting_for_us" : "open";
    await saveTicket(tx, { ...runClock(ticket, ctx.realNow), state, solvedAt: null });
    await recordAudit(tx, "ticket.reopen", id, { before: { state: ticket.state }, after: { state } });
    return readThread(tx, id);
  });
}
