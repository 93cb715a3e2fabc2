import { type SQL, sql } from "drizzle-orm";
import { seal } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { newPlatformId } from "#lib/kernel/ids";
import type { Locale } from "#lib/kernel/locale";
import { composeMail, type MailKind } from "./compose-mail.ts";
import { hasMailServer } from "./settings.ts";

export interface Letter {
  readonly kind: MailKind;
  readonly to: string;
  readonly locale: Locale;
  readonly values: Record<string, string>;
}

/** A database handle or an open transaction: the mail goes out if and only if that commits. */
interface Executor {
  execute(query: SQL): PromiseLike<unknown>;
}

/** Writes a mail and puts it on its way; without a mail server it stays where the sandbox's mailbox shows it. */
export async function queueMail(db: Executor, letter: Letter): Promise<void> {
  const id = newPlatformId("mail");
  const mail = composeMail(letter.kind, letter.locale, letter.values);
  const sealed = seal(env.secretsKeys, JSON.stringify(mail), mailContext(id));
  await db.execute(
    sql`select internal.queue_mail(${id}, ${letter.to}, ${sealed}, ${new Date().toISOString()}::timestamptz, ${hasMailServer()})`,
  );
}

export function mailContext(id: string): string {
  return `mail:${id}`;
}
