import { and, eq, sql } from "drizzle-orm";
import { memberships } from "#db/schema/access";
import { invitations } from "#db/schema/people";
import { type Context, openContext } from "#db/tenancy";
import { LinkInvalid, refuseWeakPassword } from "#lib/access/errors";
import { hashPassword } from "#lib/access/password";
import { findUserByEmail } from "#lib/access/people";
import type { RoleName } from "#lib/access/permissions";
import { forgetMemberships } from "#lib/access/session";
import type { Visitor } from "#lib/access/visitor";
import { recordAudit } from "#lib/audit/record";
import { AppError, InvalidParam } from "#lib/kernel/errors";
import { isMerchantId, newPlatformId } from "#lib/kernel/ids";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { lockInvitation } from "./invite.ts";

const merchantKeyLength = 8;

export interface OpenInvitation {
  readonly merchant: string;
  readonly email: string;
  readonly role: string;
  /** Somebody with that e-mail has an account, and has to sign in with it. */
  readonly hasAccount: boolean;
}

/** The context of the merchant that a token names, as the person who holds it. @throws LinkInvalid */
function contextOf(visitor: Visitor, token: string, userId: string): Context {
  const merchantId = `mer_${token.slice(0, merchantKeyLength)}`;
  if (!isMerchantId(merchantId)) throw new LinkInvalid();
  return openContext({
    merchantId,
    livemode: false,
    requestId: visitor.requestId,
    locale: visitor.locale,
    actor: { type: "user", id: userId, ...(visitor.ip && { ip: visitor.ip }) },
  });
}

/** What an invitation's page shows; whoever holds the link may see it. @throws LinkInvalid */
export async function openInvitation(visitor: Visitor, token: string): Promise<OpenInvitation> {
  const ctx = contextOf(visitor, token, "");
  return ctx.transaction(async (tx) => {
    const invitation = await lockInvitation(tx, token);
    if (!invitation) throw new LinkInvalid();
    const { name } = await loadMerchant(tx.ctx);
    const user = await findUserByEmail(invitation.email, tx.db);
    return { merchant: name, email: invitation.email, role: invitation.role, hasAccount: user !== undefined };
  });
}

export interface AcceptInvitation {
  readonly token: string;
  /** The person who is signed in. */
  readonly signedIn?: { readonly userId: string };
  /** Of somebody who has no account yet. */
  readonly newPerson?: { readonly name: string; readonly password: string };
}

/**
 * Joins the team: the signed-in person whose e-mail was invited, or a new person, for whom the mailed link stands for
 * the e-mail's verification. Two who use one link at once: the second finds it used.
 *
 * @returns the merchant that was joined
 * @throws LinkInvalid, InvalidParam for a weak password, AppError sign_in_as_invited
 */
export async function acceptInvitation(visitor: Visitor, input: AcceptInvitation): Promise<{ merchantId: string }> {
  const { token, newPerson } = input;
  if (newPerson) refuseWeakPassword(newPerson.password, [newPerson.name]);
  const passwordHash = newPerson && (await hashPassword(newPerson.password));
  const userId = input.signedIn?.userId ?? newPlatformId("user");
  const ctx = contextOf(visitor, token, userId);
  await ctx.transaction(async (tx) => {
    const invitation = await lockInvitation(tx, token);
    if (!invitation) throw new LinkInvalid();
    const existing = await findUserByEmail(invitation.email, tx.db);
    if (existing || input.signedIn) {
      if (existing?.id !== input.signedIn?.userId) throw new AppError("forbidden", "sign_in_as_invited");
    } else {
      if (!newPerson || !passwordHash) throw new InvalidParam("missing_field", "password", { field: "password" });
      const [made] = await tx.db.execute<{ is_new: boolean }>(
        sql`select internal.create_user(${userId}, ${invitation.email}, ${newPerson.name}, ${passwordHash}, ${tx.now.toISOString()}::timestamptz) as is_new`,
      );
      if (!made?.is_new) throw new AppError("forbidden", "sign_in_as_invited");
    }
    await tx.db
      .insert(memberships)
      .values({ merchantId: tx.merchantId, userId, role: invitation.role as RoleName, createdAt: tx.now })
      .onConflictDoNothing();
    await tx.db
      .update(invitations)
      .set({ acceptedAt: tx.now })
      .where(and(eq(invitations.merchantId, tx.merchantId), eq(invitations.id, invitation.id)));
    await recordAudit(tx, "invitation.accept", invitation.id, { person: userId, role: invitation.role });
    tx.afterCommit(() => forgetMemberships(userId));
  });
  return { merchantId: ctx.merchantId };
}
