import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { tellSupport } from "#lib/operator/tickets/tell-support";
import { authorOf } from "./author.ts";
import { TicketClosed } from "./errors.ts";
import type { SayInTicket, Thread } from "./schemas.ts";
import { getTicket, insertMessage, readThread, saveTicket } from "./store.ts";
import { runClock } from "./ticket-clock.ts";

/**
 * The merchant says more: it is our turn again, also on a ticket that we held for solved.
 *
 * @throws NotFound, TicketClosed, FileUnknown
 */
export async function sayInTicket(ctx: Context, id: string, { body, attachments }: SayInTicket): Promise<Thread> {
  return ctx.transaction(async (tx) => {
    const ticket = await getTicket(tx, id, { lock: true });
    if (ticket.state === "closed") throw new TicketClosed();
    const author = await authorOf(tx);
    const message = await insertMessage(tx, id, { side: "merchant", ...author, body, attachments });
    const state = ticket.firstAnsweredAt ? "waiting_for_us" : "open";
    await saveTicket(tx, { ...runClock(ticket, ctx.realNow), state, solvedAt: null });
    await recordAudit(tx, "ticket.reply", id, { message: message.id });
    await tellSupport.enqueue(tx, { ticketId: id, messageId: message.id });
    return readThread(tx, id);
  });
}
