import { and, desc, eq, gt, isNull, lte } from "drizzle-orm";
import { invitations } from "#db/schema/people";
import type { Context, Tx } from "#db/tenancy";
import { findUserByEmail, loadUser } from "#lib/access/people";
import { recordAudit } from "#lib/audit/record";
import { sha256Hex } from "#lib/kernel/crypto";
import { env } from "#lib/kernel/env";
import { AppError, NotFound } from "#lib/kernel/errors";
import { merchantKeyOf, newId, randomToken } from "#lib/kernel/ids";
import { queueMail } from "#lib/mail/queue-mail";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { actorIn, lockTeam, requireGrantable } from "./colleagues.ts";

export type Invitation = typeof invitations.$inferSelect;

const lifeMs = 7 * 24 * 3_600_000;
const tokenLength = 32;

/**
 * Mails somebody an invitation to the team. The link's token names the merchant, so that one look-up in one shard finds it.
 *
 * @param input.email trimmed, lower case
 * @throws PersonRequired, OwnerOnly, AppError already_member, already_invited, permission_not_grantable
 */
export async function invite(ctx: Context, input: { email: string; role: string }): Promise<Invitation> {
  const merchant = await loadMerchant(ctx);
  return ctx.transaction(async (tx) => {
    const team = await lockTeam(tx);
    const actor = actorIn(tx, team);
    const role = await requireGrantable(tx, actor, input.role);
    const known = await findUserByEmail(input.email, tx.db);
    if (known && team.some(({ userId }) => userId === known.id)) throw new AppError("conflict", "already_member");
    await endOverdue(tx);
    const token = `${merchantKeyOf(tx.merchantId)}${randomToken(tokenLength)}`;
    const [row] = await tx.db
      .insert(invitations)
      .values({
        merchantId: tx.merchantId,
        id: newId("invitation", tx.merchantId, tx.now.getTime()),
        email: input.email,
        role,
        hash: sha256Hex(token),
        invitedBy: actor.userId,
        createdAt: tx.now,
        expiresAt: new Date(tx.now.getTime() + lifeMs),
      })
      .onConflictDoNothing()
      .returning();
    if (!row) throw new AppError("conflict", "already_invited");
    await queueMail(tx.db, {
      kind: "invitation",
      to: input.email,
      locale: ctx.locale,
      values: {
        inviter: (await loadUser(actor.userId, tx.db))?.name ?? "",
        merchant: merchant.name,
        link: `${env.publicUrl}/invitations/${token}`,
      },
    });
    await recordAudit(tx, "invitation.create", row.id, { role }, { email: input.email });
    return row;
  });
}

/** One that ran out stands in nobody's way. */
async function endOverdue(tx: Tx): Promise<void> {
  await tx.db
    .update(invitations)
    .set({ revokedAt: tx.now })
    .where(and(isOpen(tx), lte(invitations.expiresAt, tx.now)));
}

function isOpen(tx: Tx) {
  return and(eq(invitations.merchantId, tx.merchantId), isNull(invitations.acceptedAt), isNull(invitations.revokedAt));
}

/** The invitations that may still be accepted, newest first. */
export function listInvitations(ctx: Context): Promise<Invitation[]> {
  return ctx.transaction((tx) =>
    tx.db
      .select()
      .from(invitations)
      .where(and(isOpen(tx), gt(invitations.expiresAt, tx.now)))
      .orderBy(desc(invitations.id)),
  );
}

/** Withdraws an invitation that nobody has accepted. @throws NotFound, PersonRequired */
export async function revokeInvitation(ctx: Context, id: string): Promise<Invitation> {
  return ctx.transaction(async (tx) => {
    const [row] = await tx.db
      .update(invitations)
      .set({ revokedAt: tx.now })
      .where(and(isOpen(tx), eq(invitations.id, id)))
      .returning();
    if (!row) throw new NotFound("invitation");
    actorIn(tx, await lockTeam(tx));
    await recordAudit(tx, "invitation.revoke", id, undefined, { email: row.email });
    return row;
  });
}

/** An open invitation by its token, locked. @returns undefined when it never was, is used, withdrawn or too old */
export async function lockInvitation(tx: Tx, token: string): Promise<Invitation | undefined> {
  const [row] = await tx.db
    .select()
    .from(invitations)
    .where(and(isOpen(tx), gt(invitations.expiresAt, tx.now), eq(invitations.hash, sha256Hex(token))))
    .for("update");
  return row;
}
