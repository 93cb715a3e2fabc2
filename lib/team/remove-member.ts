import { and, eq } from "drizzle-orm";
import { memberships } from "#db/schema/access";
import type { Context } from "#db/tenancy";
import { forgetMemberships } from "#lib/access/session";
import { recordAudit } from "#lib/audit/record";
import { actorIn, isLastOwner, lockTeam, memberIn } from "./colleagues.ts";
import { LastOwner, OwnerOnly } from "./errors.ts";

/** Takes somebody off the team, within seconds; the person's account stays. @throws NotFound, PersonRequired, OwnerOnly, LastOwner */
export async function removeMember(ctx: Context, userId: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    const team = await lockTeam(tx);
    const member = memberIn(team, userId);
    const actor = actorIn(tx, team);
    if (member.role === "owner" && actor.role !== "owner") throw new OwnerOnly();
    if (isLastOwner(team, member)) throw new LastOwner();
    await tx.db
      .delete(memberships)
      .where(and(eq(memberships.merchantId, tx.merchantId), eq(memberships.userId, userId)));
    await recordAudit(tx, "member.remove", userId, { before: { role: member.role } });
    tx.afterCommit(() => forgetMemberships(userId));
  });
}
