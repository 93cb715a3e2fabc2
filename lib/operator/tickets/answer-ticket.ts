import type { Tx } from "#db/tenancy";
import { keepFile } from "#lib/sealed-files/keep-file";
import { type FileFacts, openFile } from "#lib/sealed-files/load-file";
import { TicketClosed } from "#lib/tickets/errors";
import type { SayInTicket } from "#lib/tickets/schemas";
import { getTicket, insertMessage, saveTicket, type Ticket } from "#lib/tickets/store";
import { answer, stopClock } from "#lib/tickets/ticket-clock";
import type { OperatorContext } from "../context.ts";
import { recordDeedAt, recordHiddenDeedAt } from "../record.ts";
import { findTicket } from "./queue.ts";
import { tellMerchant } from "./tell-merchant.ts";

export interface Answer extends SayInTicket {
  /** Whether this settles it, as we see it. */
  readonly isSolution: boolean;
}

/** At the ticket's merchant and world, the row locked. @throws NotFound */
export async function withTicket<T>(
  octx: OperatorContext,
  id: string,
  work: (tx: Tx, ticket: Ticket) => Promise<T>,
): Promise<T> {
  const { merchantId, livemode } = await findTicket(id);
  return octx.at(merchantId, livemode).transaction(async (tx) => work(tx, await getTicket(tx, id, { lock: true })));
}

/**
 * Answers the merchant: the word is its now, and our clock stands. Whoever answers a ticket that nobody has, has it.
 *
 * @throws NotFound, TicketClosed, FileUnknown
 */
export async function answerTicket(octx: OperatorContext, id: string, input: Answer): Promise<void> {
  await withTicket(octx, id, async (tx, ticket) => {
    if (ticket.state === "closed") throw new TicketClosed();
    const { body, attachments, isSolution } = input;
    const { id: authorId, name: authorName } = octx.operator;
    const message = await insertMessage(tx, id, { side: "support", authorId, authorName, body, attachments });
    const now = tx.ctx.realNow;
    const saved = await saveTicket(tx, {
      ...stopClock(answer(ticket, now), now),
      state: isSolution ? "solved" : "waiting_for_merchant",
      solvedAt: isSolution ? now : null,
      assignedTo: ticket.assignedTo ?? authorId,
    });
    const change = { message: message.id, before: { state: ticket.state }, after: { state: saved.state } };
    await recordDeedAt(octx, tx, { verb: "ticket.answer", objectId: id, change });
    await tellMerchant(tx, saved, message);
  });
}

/** Keeps a file for an answer. */
export async function keepAnswerFile(
  octx: OperatorContext,
  ticketId: string,
  name: string,
  bytes: Buffer,
): Promise<FileFacts> {
  return withTicket(octx, ticketId, async (tx) => {
    const file = await keepFile(tx, { name, bytes, purpose: "ticket" });
    const change = { contentType: file.contentType, size: file.size };
    await recordHiddenDeedAt(octx, tx, { verb: "ticket.attach", objectId: ticketId, change });
    return file;
  });
}

/** A file of the ticket; that it was looked at stands in our own log. */
export async function openTicketFile(octx: OperatorContext, ticketId: string, fileId: string) {
  return withTicket(octx, ticketId, async (tx) => {
    const file = await openFile(tx, ticketId, fileId);
    await recordHiddenDeedAt(octx, tx, { verb: "ticket.open_file", objectId: ticketId, change: { file: fileId } });
    return file;
  });
}
