import { and, eq } from "drizzle-orm";
import { memberships } from "#db/schema/access";
import type { Context } from "#db/tenancy";
import { forgetMemberships } from "#lib/access/session";
import { recordAudit } from "#lib/audit/record";
import { actorIn, isLastOwner, lockTeam, memberIn, requireGrantable } from "./colleagues.ts";
import { LastOwner, OwnerOnly } from "./errors.ts";

/**
 * Gives a member another role; it counts within seconds.
 *
 * @throws NotFound, PersonRequired, OwnerOnly, LastOwner, InvalidParam role_unknown
 */
export async function changeRole(ctx: Context, input: { userId: string; role: string }): Promise<void> {
  await ctx.transaction(async (tx) => {
    const team = await lockTeam(tx);
    const member = memberIn(team, input.userId);
    const actor = actorIn(tx, team);
    if (member.role === "owner" && actor.role !== "owner") throw new OwnerOnly();
    const role = await requireGrantable(tx, actor, input.role);
    if (member.role === role) return;
    if (isLastOwner(team, member)) throw new LastOwner();
    await tx.db
      .update(memberships)
      .set({ role })
      .where(and(eq(memberships.merchantId, tx.merchantId), eq(memberships.userId, member.userId)));
    await recordAudit(tx, "member.change_role", member.userId, { before: { role: member.role }, after: { role } });
    tx.afterCommit(() => forgetMemberships(member.userId));
  });
}
