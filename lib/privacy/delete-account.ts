import { and, eq, sql } from "drizzle-orm";
import { memberships } from "#db/schema/access";
import { appDatabase, openContext, type Tx } from "#db/tenancy";
import { requirePassword } from "#lib/access/require-password";
import { forgetMemberships, type Membership, membershipsOf } from "#lib/access/session";
import { endSessions } from "#lib/access/sessions";
import type { Visitor } from "#lib/access/visitor";
import { recordAudit } from "#lib/audit/record";
import { AppError } from "#lib/kernel/errors";
import { isLastOwner, lockTeam, memberIn } from "#lib/team/colleagues";

export class SoleOwner extends AppError {
  constructor(merchant: string) {
    super("conflict", "account_sole_owner", { detail: { merchant } });
  }
}

/**
 * Erases a person's own account: they leave every team, and whatever says who they were is gone. What they did stays in
 * the merchants' activity logs under an id that leads to nobody. Cut short, it is simply asked for again.
 *
 * @throws PasswordWrong, TooManyTries
 * @throws SoleOwner while a merchant would be left without an owner
 */
export async function deleteAccount(visitor: Visitor, userId: string, password: string): Promise<void> {
  const { email } = await requirePassword(visitor, userId, password);
  const teams = await membershipsOf(userId);
  // All are looked at before the first is left, so that a refusal leaves everything as it was.
  for (const team of teams) await inTeam(visitor, userId, team, (tx) => requireOthers(tx, userId, team));
  for (const team of teams) {
    await inTeam(visitor, userId, team, async (tx) => {
      const member = await requireOthers(tx, userId, team);
      await tx.db
        .delete(memberships)
        .where(and(eq(memberships.merchantId, tx.merchantId), eq(memberships.userId, userId)));
      await recordAudit(tx, "member.leave", userId, { before: { role: member.role } });
      await tx.db.execute(sql`select internal.forget_invited_person(${email})`);
    });
  }
  await endSessions({ realm: "merchant", personId: userId });
  await appDatabase().execute(sql`select internal.forget_user(${userId})`);
  forgetMemberships(userId);
}

function inTeam<T>(
  { requestId, ip }: Visitor,
  userId: string,
  { merchantId }: Membership,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const actor = { type: "user", id: userId, ip } as const;
  return openContext({ merchantId, livemode: false, requestId, actor }).transaction(work);
}

async function requireOthers(tx: Tx, userId: string, { merchantName }: Membership) {
  const team = await lockTeam(tx);
  const member = memberIn(team, userId);
  if (isLastOwner(team, member)) throw new SoleOwner(merchantName);
  return member;
}
