import { sql } from "drizzle-orm";
import { createTransport } from "nodemailer";
import { appDatabase } from "#db/tenancy";
import { unseal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { type Mail, mailHtml } from "./compose-mail.ts";
import { mailContext } from "./queue-mail.ts";
import { mailServer } from "./settings.ts";

const timeoutMs = 20_000;

/**
 * Hands one mail to the mail server and forgets it. It runs at least once: a process that dies in between may send a
 * mail twice, never lose it. The queue tries again when the server refuses.
 */
export const sendMail = {
  name: "send_mail",
  async run(payload: { readonly mailId: string }): Promise<void> {
    const server = mailServer();
    const [row] = await appDatabase().execute<{ recipient: string; sealed: string }>(
      sql`select recipient, sealed from internal.mail_to_send(${payload.mailId})`,
    );
    if (!row || !server) return;
    const mail = JSON.parse(unseal(env.secretsKeys, row.sealed, mailContext(payload.mailId))) as Mail;
    const transport = createTransport({
      url: server.url,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
    });
    try {
      await transport.sendMail({
        from: server.from,
        to: { name: "", address: row.recipient },
        subject: mail.subject,
        text: mail.text,
        html: mailHtml(mail.text),
        messageId: `<${payload.mailId}@${new URL(env.publicUrl).hostname}>`,
        headers: { "auto-submitted": "auto-generated" },
      });
    } finally {
      transport.close();
    }
    await appDatabase().execute(sql`select internal.forget_mail(${payload.mailId})`);
  },
};
