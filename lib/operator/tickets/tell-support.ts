import { and, eq, inArray, isNull } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import { operators } from "#db/schema/access";
import { defineJob } from "#lib/jobs/job";
import { env } from "#lib/kernel/env";
import { locales } from "#lib/kernel/locale";
import { queueMail } from "#lib/mail/queue-mail";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { readThread } from "#lib/tickets/store";

const mostRecipients = 20;
export const mostMailed = 2_000;

/** Mails a merchant's message to whoever works on the ticket; while nobody does, to the whole support. */
export const tellSupport = defineJob<{ ticketId: string; messageId: string }>(
  "tell_support",
  async (ctx, { ticketId, messageId }) => {
    const { ticket, messages } = await ctx.transaction((tx) => readThread(tx, ticketId));
    const message = messages.find(({ id }) => id === messageId);
    if (!message) return;
    const { name: merchant } = await loadMerchant(ctx);
    const people = await recipients(ticket.assignedTo);
    // All in one transaction: tried again, nobody is told twice.
    await operatorDatabase().transaction(async (db) => {
      for (const { email, language } of people) {
        await queueMail(db, {
          kind: "ticket_message",
          to: email,
          locale: locales.find((known) => known === language) ?? "en",
          values: {
            merchant,
            author: message.authorName,
            subject: ticket.subject,
            text: message.body.slice(0, mostMailed),
            link: `${env.publicUrl}/console/tickets/${ticketId}`,
          },
        });
      }
    });
  },
);

async function recipients(assignedTo: string | null) {
  const own = assignedTo ? eq(operators.id, assignedTo) : inArray(operators.role, ["support"]);
  const columns = { email: operators.email, language: operators.language };
  return operatorDatabase()
    .select(columns)
    .from(operators)
    .where(and(own, isNull(operators.endedAt)))
    .limit(mostRecipients);
}
