import { and, eq } from "drizzle-orm";
import { roles } from "#db/schema/roles";
import type { Context } from "#db/tenancy";
import { checkGrant } from "#lib/access/grant";
import { isPermission, type Permission } from "#lib/access/permissions";
import { recordAudit } from "#lib/audit/record";
import { RoleInUse } from "./errors.ts";
import { lockRole, memberCounts } from "./store.ts";

/** Removes a role that nobody has. @throws NotFound, RoleInUse, PermissionNotGrantable when it may more than the caller */
export async function deleteRole(ctx: Context, id: string, by: ReadonlySet<Permission>): Promise<void> {
  await ctx.transaction(async (tx) => {
    // Waits for whoever is giving the role to somebody at this moment: he has locked it too.
    const { name, description, permissions } = await lockRole(tx, id);
    checkGrant(permissions.filter(isPermission), by);
    const members = (await memberCounts(tx)).get(id) ?? 0;
    if (members > 0) throw new RoleInUse(members);
    await tx.db.delete(roles).where(and(eq(roles.merchantId, tx.merchantId), eq(roles.id, id)));
    await recordAudit(tx, "role.delete", id, { before: { name, description, permissions } });
  });
}
