import { sql } from "drizzle-orm";
import { appDatabase } from "#db/tenancy";
import { systemClock } from "#lib/kernel/clock";
import { env } from "#lib/kernel/env";
import { queueMail } from "#lib/mail/queue-mail";
import { refuseWeakPassword } from "./errors.ts";
import { countMail } from "./mail-limits.ts";
import { keepLink, takeLink } from "./mailed-link.ts";
import { hashPassword } from "./password.ts";
import { type Executor, findUserByEmail, loadUser, withPersonAudit } from "./people.ts";
import { requirePassword } from "./require-password.ts";
import { endSessions } from "./sessions.ts";
import { unlockAccount } from "./sign-in-limits.ts";
import type { Visitor } from "./visitor.ts";

/** Mails a link to choose a new password, if that e-mail has an account; the answer does not say. */
export async function requestPasswordReset(visitor: Visitor, email: string): Promise<void> {
  await countMail({ email, ip: visitor.ip });
  await appDatabase().transaction(async (db) => {
    const user = await findUserByEmail(email, db);
    const token = await keepLink(db, "password_reset", email, { userId: user?.id ?? "" }, systemClock.now());
    if (!user) return;
    await queueMail(db, {
      kind: "password_reset",
      to: user.email,
      locale: visitor.locale,
      values: { name: user.name, link: `${env.publicUrl}/reset-password/confirm?token=${token}` },
    });
  });
}

/**
 * Sets a new password by a mailed link and signs the person out everywhere: whoever knew the old one is out too. The
 * second factor stays, so a stolen mailbox alone does not open the account.
 *
 * @throws LinkInvalid, InvalidParam for a weak password; a refused password leaves the link as it was
 */
export async function resetPassword(visitor: Visitor, token: string, password: string): Promise<void> {
  refuseWeakPassword(password, []);
  const passwordHash = await hashPassword(password);
  const now = systemClock.now();
  const link = await appDatabase().transaction(async (db) => {
    const taken = await takeLink(db, "password_reset", token, now);
    refuseWeakPassword(password, [taken.email]);
    return taken;
  });
  const userId = link.payload.userId ?? "";
  await changeTo(visitor, userId, passwordHash, { proven_by: "mailed_link", sessions_ended: "all" });
  await unlockAccount({ realm: "merchant", email: link.email.trim().toLowerCase(), ip: visitor.ip });
}

/** Somebody signed in chooses a new password; other sessions end, this one stays. @throws PasswordWrong, InvalidParam */
export async function changePassword(
  visitor: Visitor,
  input: { userId: string; sessionId: string; current: string; password: string },
): Promise<void> {
  const user = await requirePassword(visitor, input.userId, input.current);
  refuseWeakPassword(input.password, [user.email, user.name]);
  await changeTo(
    visitor,
    user.id,
    await hashPassword(input.password),
    {
      proven_by: "password",
      sessions_ended: "all_others",
    },
    input.sessionId,
  );
}

async function changeTo(
  visitor: Visitor,
  userId: string,
  passwordHash: string,
  change: Record<string, string>,
  keepSession?: string,
): Promise<void> {
  const setPassword = async (db: Executor) => {
    await db.execute(sql`select internal.set_password(${userId}, ${passwordHash})`);
    const user = await loadUser(userId, db);
    if (!user) return;
    await queueMail(db, {
      kind: "password_changed",
      to: user.email,
      locale: visitor.locale,
      values: { name: user.name, reset: `${env.publicUrl}/reset-password` },
    });
  };
  await withPersonAudit({ id: userId, by: visitor }, "password.change", setPassword, change);
  await endSessions({ realm: "merchant", personId: userId, ...(keepSession && { keep: keepSession }) });
}
