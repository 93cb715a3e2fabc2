import { sql } from "drizzle-orm";
import { appDatabase } from "#db/tenancy";
import { systemClock } from "#lib/kernel/clock";
import { env } from "#lib/kernel/env";
import { randomToken } from "#lib/kernel/ids";
import { locales } from "#lib/kernel/locale";
import { log } from "#lib/kernel/log";
import { queueMail } from "#lib/mail/queue-mail";
import { type Executor, withPersonAudit } from "./people.ts";
import type { Realm } from "./sign-in.ts";
import { accountTries } from "./sign-in-limits.ts";

interface Locked {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

/**
 * Tells a person, once a lock, that somebody tried passwords until the account was locked: from where, when, and what to
 * do. In the language of the person's last sign-in, as the request that did it is probably not the person's.
 */
export async function tellOfLock(realm: Realm, person: Locked, ip: string): Promise<void> {
  const now = systemClock.now();
  log.warn({ realm, personId: person.id, ip }, "account locked after wrong passwords");
  const send = (db: Executor) => sendNotice(db, realm, person, { ip, now });
  if (realm === "operator") return appDatabase().transaction(send);
  const requestId = `req_${randomToken(20)}`;
  await withPersonAudit(
    { id: person.id, by: { ip, locale: "en", requestId }, isBySystem: true },
    "account.lock",
    send,
    {
      wrong_passwords: accountTries.most,
      minutes: minutes(),
    },
  );
}

async function sendNotice(db: Executor, realm: Realm, person: Locked, at: { ip: string; now: Date }): Promise<void> {
  const [row] = await db.execute<{ language: string | null }>(
    sql`select internal.language_of(${realm}, ${person.id}) as language`,
  );
  await queueMail(db, {
    kind: realm === "merchant" ? "account_locked" : "operator_locked",
    to: person.email,
    locale: locales.find((locale) => locale === row?.language) ?? "en",
    values: {
      name: person.name,
      tries: String(accountTries.most),
      ip: at.ip,
      time: `${at.now.toISOString().slice(0, 16).replace("T", " ")} UTC`,
      minutes: String(minutes()),
      reset: `${env.publicUrl}/reset-password`,
    },
  });
}

function minutes(): number {
  return (accountTries.holdMs ?? accountTries.windowMs) / 60_000;
}
