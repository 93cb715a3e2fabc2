import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { memberships } from "#db/schema/access";
import { auditLog } from "#db/schema/inbox";
import { invitations } from "#db/schema/people";
import { roles } from "#db/schema/roles";
import type { Tx } from "#db/tenancy";
import { hashPassword } from "#lib/access/password";
import { findUserByEmail } from "#lib/access/people";
import { isBuiltInRole, type RoleName } from "#lib/access/permissions";
import { forgetMemberships } from "#lib/access/session";
import type { Person } from "#lib/access/sign-in";
import type { Visitor } from "#lib/access/visitor";
import { recordAudit } from "#lib/audit/record";
import { newPlatformId, randomToken } from "#lib/kernel/ids";
import { connectionIn } from "./connection.ts";
import { SsoStopped } from "./errors.ts";
import { contextOf } from "./visitor-context.ts";

interface Joining {
  readonly merchantId: string;
  /** Verified by the provider, in a domain of the merchant's. */
  readonly email: string;
  readonly name: string;
}

/**
 * The person behind an e-mail address as a member of the team: already one, invited, or new with the default role.
 * Whoever was taken off the team stays off it until somebody invites again.
 *
 * @throws SsoStopped sso_removed; sso_expired when the same person came twice at once
 */
export async function joinTeam(visitor: Visitor, { merchantId, email, name }: Joining): Promise<Person> {
  const known = await findUserByEmail(email);
  const userId = known?.id ?? newPlatformId("user");
  // A password that nobody knows: the person may choose one by mail.
  const passwordHash = known ? "" : await hashPassword(randomToken(32));
  await contextOf(visitor, merchantId, userId).transaction(async (tx) => {
    if (!known) {
      const [made] = await tx.db.execute<{ is_new: boolean }>(
        sql`select internal.create_user(${userId}, ${email}, ${name}, ${passwordHash}, ${tx.now.toISOString()}::timestamptz) as is_new`,
      );
      if (!made?.is_new) throw new SsoStopped("sso_expired");
    }
    if (!(await isMember(tx, userId))) await join(tx, userId, email);
    await recordAudit(tx, "sso.sign_in", userId);
    tx.afterCommit(() => forgetMemberships(userId));
  });
  return { id: userId, email: known?.email ?? email, name: known?.name ?? name, realm: "merchant" };
}

async function isMember(tx: Tx, userId: string): Promise<boolean> {
  const rows = await tx.db
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(and(eq(memberships.merchantId, tx.merchantId), eq(memberships.userId, userId)));
  return rows.length > 0;
}

async function join(tx: Tx, userId: string, email: string): Promise<void> {
  const [invitation] = await tx.db
    .update(invitations)
    .set({ acceptedAt: tx.now })
    .where(
      and(
        eq(invitations.merchantId, tx.merchantId),
        eq(sql`lower(${invitations.email})`, email),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, tx.now),
      ),
    )
    .returning();
  if (!invitation && (await wasRemoved(tx, userId))) throw new SsoStopped("sso_removed");
  const role = invitation?.role ?? (await defaultRoleIn(tx));
  if (!role) throw new SsoStopped("sso_off");
  await tx.db
    .insert(memberships)
    .values({ merchantId: tx.merchantId, userId, role: role as RoleName, createdAt: tx.now })
    .onConflictDoNothing();
  if (invitation) await recordAudit(tx, "invitation.accept", invitation.id, { person: userId, role });
  else await recordAudit(tx, "member.provision", userId, { role }, { email });
}

/** A role that was deleted since may nothing; reading is the least that a colleague can do something with. */
async function defaultRoleIn(tx: Tx): Promise<string | undefined> {
  const role = (await connectionIn(tx))?.defaultRole;
  if (role === undefined || isBuiltInRole(role)) return role;
  const [own] = await tx.db
    .select({ id: roles.id })
    .from(roles)
    .where(and(eq(roles.merchantId, tx.merchantId), eq(roles.id, role)));
  return own ? role : "read_only";
}

/** The activity log can't be written around, so it knows. */
async function wasRemoved(tx: Tx, userId: string): Promise<boolean> {
  const rows = await tx.db
    .select({ id: auditLog.id })
    .from(auditLog)
    .where(
      and(eq(auditLog.merchantId, tx.merchantId), eq(auditLog.objectId, userId), eq(auditLog.verb, "member.remove")),
    )
    .limit(1);
  return rows.length > 0;
}
