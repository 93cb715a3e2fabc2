import { sql } from "drizzle-orm";
import { appDatabase, openContext } from "#db/tenancy";
import { systemClock } from "#lib/kernel/clock";
import { env } from "#lib/kernel/env";
import { newMerchantId, newPlatformId } from "#lib/kernel/ids";
import { log } from "#lib/kernel/log";
import { queueMail } from "#lib/mail/queue-mail";
import { createMerchant } from "#lib/merchants/create-merchant";
import { openTestAccounts, openTestAccountsJob } from "#lib/sandbox/open-test-accounts";
import { LinkInvalid, refuseWeakPassword } from "./errors.ts";
import { countMail } from "./mail-limits.ts";
import { keepLink, takeLink } from "./mailed-link.ts";
import { hashPassword } from "./password.ts";
import { findUserByEmail } from "./people.ts";
import type { Person } from "./sign-in.ts";
import type { Visitor } from "./visitor.ts";

export interface SignUp {
  readonly name: string;
  readonly company: string;
  /** Trimmed, lower case. */
  readonly email: string;
  readonly password: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** IANA name. */
  readonly timeZone: string;
}

/**
 * Mails a link that opens the account. Whoever has an account already is told so by mail, not on the page: answer and
 * work are the same, so that nobody learns who is registered.
 *
 * @throws InvalidParam for a weak password, TooManyTries
 */
export async function requestSignUp(visitor: Visitor, input: SignUp): Promise<void> {
  const { email, name, company, country, timeZone } = input;
  refuseWeakPassword(input.password, [email, name, company]);
  await countMail({ email, ip: visitor.ip });
  const passwordHash = await hashPassword(input.password);
  await appDatabase().transaction(async (db) => {
    const existing = await findUserByEmail(email, db);
    const token = await keepLink(
      db,
      "sign_up",
      email,
      { name, company, country, timeZone, passwordHash },
      systemClock.now(),
    );
    const link = existing ? `${env.publicUrl}/sign-in` : `${env.publicUrl}/sign-up/verify?token=${token}`;
    await queueMail(db, {
      kind: existing ? "already_registered" : "verify_email",
      to: email,
      locale: visitor.locale,
      values: { name: existing?.name ?? name, link, reset: `${env.publicUrl}/reset-password` },
    });
  });
}

/** A crash between the account and its test accounts is made good after this time. */
const repairAfterMs = 60_000;

/**
 * Opens the account that a mailed link stands for: the person, the merchant that the person owns, and its accounts at
 * the simulated providers.
 *
 * @throws LinkInvalid also when somebody with that e-mail has an account by now
 */
export async function confirmSignUp(visitor: Visitor, token: string): Promise<Person> {
  const userId = newPlatformId("user");
  const ctx = openContext({
    merchantId: newMerchantId(),
    livemode: false,
    requestId: visitor.requestId,
    locale: visitor.locale,
    actor: { type: "user", id: userId, ...(visitor.ip && { ip: visitor.ip }) },
  });
  const person = await ctx.transaction(async (tx) => {
    const { email, payload } = await takeLink(tx.db, "sign_up", token, tx.now);
    const { name = "", company = "", country = "", timeZone = "", passwordHash = "" } = payload;
    const [made] = await tx.db.execute<{ is_new: boolean }>(
      sql`select internal.create_user(${userId}, ${email}, ${name}, ${passwordHash}, ${tx.now.toISOString()}::timestamptz) as is_new`,
    );
    if (!made?.is_new) throw new LinkInvalid();
    await createMerchant(tx, { name: company, country, timeZone, ownerId: userId });
    await openTestAccountsJob.enqueue(tx, {}, { runAt: new Date(tx.now.getTime() + repairAfterMs) });
    return { id: userId, email, name, realm: "merchant" as const };
  });
  try {
    await openTestAccounts(ctx);
  } catch (error) {
    // The account is open all the same; the job comes for the rest.
    log.error({ err: error, merchant: ctx.merchantId }, "test accounts not opened");
  }
  return person;
}
