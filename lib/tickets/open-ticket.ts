import { tickets } from "#db/schema/tickets";
import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { newId } from "#lib/kernel/ids";
import { tellSupport } from "#lib/operator/tickets/tell-support";
import { getOrder } from "#lib/orders/store";
import { parameter } from "#lib/parameters/parameters";
import { getRefund } from "#lib/refunds/store";
import { authorOf } from "./author.ts";
import type { OpenTicket, Thread } from "./schemas.ts";
import { insertMessage, readThread } from "./store.ts";
import { nextDue, startClock, targetsOf } from "./ticket-clock.ts";

/**
 * Opens a ticket with its first message, and tells our support.
 *
 * @throws NotFound when order or refund is none of this merchant and mode, FileUnknown
 */
export async function openTicket(ctx: Context, input: OpenTicket): Promise<Thread> {
  const [firstAnswer, resolution] = await Promise.all([
    parameter("ticket_first_answer_minutes"),
    parameter("ticket_resolution_minutes"),
  ]);
  return ctx.transaction(async (tx) => {
    const refund = input.refund === undefined ? undefined : await getRefund(tx, input.refund);
    const order = input.order === undefined ? undefined : await getOrder(tx, input.order);
    const author = await authorOf(tx);
    // Our promise is about real hours, wherever the merchant has put the clock of test mode.
    const now = ctx.realNow;
    const clock = startClock(now, targetsOf(input.priority, firstAnswer, resolution));
    const id = newId("ticket", tx.merchantId, now.getTime());
    await tx.db.insert(tickets).values({
      merchantId: tx.merchantId,
      id,
      livemode: tx.livemode,
      subject: input.subject,
      category: input.category,
      priority: input.priority,
      state: "open",
      orderId: order?.id ?? refund?.orderId ?? null,
      refundId: refund?.id ?? null,
      openedBy: author.authorId,
      ...clock,
      dueAt: nextDue(clock),
      createdAt: now,
      updatedAt: now,
    });
    const { body, attachments } = input;
    const message = await insertMessage(tx, id, { side: "merchant", ...author, body, attachments });
    await recordAudit(tx, "ticket.open", id, { category: input.category, priority: input.priority });
    await tellSupport.enqueue(tx, { ticketId: id, messageId: message.id });
    return readThread(tx, id);
  });
}
