import { and, eq } from "drizzle-orm";
import { roles } from "#db/schema/roles";
import type { Context } from "#db/tenancy";
import { checkGrant } from "#lib/access/grant";
import { isPermission, type Permission } from "#lib/access/permissions";
import { difference } from "#lib/audit/difference";
import { recordAudit } from "#lib/audit/record";
import { NotFound } from "#lib/kernel/errors";
import type { CreateRole } from "./create-role.ts";
import { type CustomRole, checkName, lockRole } from "./store.ts";

/**
 * Changes a role; whoever has it may do what it says within five seconds.
 *
 * @param by what the caller may do: neither the old nor the new role may be more
 * @throws NotFound, PermissionNotGrantable, RoleNameTaken
 */
export async function updateRole(
  ctx: Context,
  id: string,
  input: { readonly [K in keyof CreateRole]?: CreateRole[K] | undefined },
  by: ReadonlySet<Permission>,
): Promise<CustomRole> {
  return ctx.transaction(async (tx) => {
    const before = await lockRole(tx, id);
    checkGrant([...before.permissions.filter(isPermission), ...(input.permissions ?? [])], by);
    if (input.name !== undefined) await checkName(tx, input.name, id);
    const change = difference(before, {
      name: input.name ?? before.name,
      description: input.description ?? before.description,
      permissions: input.permissions ? [...new Set(input.permissions)] : before.permissions,
    });
    if (Object.keys(change.after).length === 0) return before;
    const [role] = await tx.db
      .update(roles)
      .set({ ...change.after, updatedAt: tx.now })
      .where(and(eq(roles.merchantId, tx.merchantId), eq(roles.id, id)))
      .returning();
    if (!role) throw new NotFound("role");
    await recordAudit(tx, "role.update", id, change);
    return role;
  });
}
