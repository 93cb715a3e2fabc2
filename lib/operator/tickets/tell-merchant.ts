import { sql } from "drizzle-orm";
import type { Tx } from "#db/tenancy";
import { env } from "#lib/kernel/env";
import { type Locale, locales } from "#lib/kernel/locale";
import { queueMail } from "#lib/mail/queue-mail";
import { loadMerchant } from "#lib/merchants/load-merchant";
import type { Message, Ticket } from "#lib/tickets/store";
import { mostMailed } from "./tell-support.ts";

/** Mails our answer to whoever asked; to the merchant's addresses for notices when that was a key, or somebody who has left. */
export async function tellMerchant(tx: Tx, ticket: Ticket, message: Message): Promise<void> {
  const [person] = await tx.db.execute<{ email: string; language: string | null }>(sql`
    select p.email, internal.language_of('merchant', p.id) as language from internal.team_people() p
    where p.id = ${ticket.openedBy}`);
  const { notices } = (await loadMerchant(tx.ctx)).settings;
  const language = (person?.language ?? notices?.locale) as Locale | undefined;
  const locale = locales.find((known) => known === language) ?? "en";
  for (const to of person ? [person.email] : (notices?.emails ?? [])) {
    await queueMail(tx.db, {
      kind: "ticket_answered",
      to,
      locale,
      values: {
        author: message.authorName,
        subject: ticket.subject,
        text: message.body.slice(0, mostMailed),
        link: `${env.publicUrl}/dashboard/support/${ticket.id}`,
      },
    });
  }
}
