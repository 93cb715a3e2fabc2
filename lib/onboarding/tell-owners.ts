import { sql } from "drizzle-orm";
import type { Tx } from "#db/tenancy";
import { env } from "#lib/kernel/env";
import { locales } from "#lib/kernel/locale";
import type { MailKind } from "#lib/mail/compose-mail";
import { queueMail } from "#lib/mail/queue-mail";
import { loadMerchant } from "#lib/merchants/load-merchant";

type Decision = Extract<MailKind, `merchant_${string}` | `application_${string}`>;

/** Tells the merchant's owners by mail what became of it, each in his own language; part of the transaction that it tells of. */
export async function tellOwners(tx: Tx, kind: Decision, values: Record<string, string> = {}): Promise<void> {
  const { name: merchant } = await loadMerchant(tx.ctx);
  const owners = await tx.db.execute<{ email: string; name: string; language: string }>(
    sql`select email, name, language from internal.owners_to_tell()`,
  );
  const link = `${env.publicUrl}/dashboard/${kind.startsWith("application") ? "go-live" : ""}`;
  for (const { email, name, language } of owners) {
    const locale = locales.find((one) => one === language) ?? "en";
    await queueMail(tx.db, { kind, to: email, locale, values: { merchant, name, link, ...values } });
  }
}
