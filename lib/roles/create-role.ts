import { roles } from "#db/schema/roles";
import type { Context } from "#db/tenancy";
import { checkGrant } from "#lib/access/grant";
import type { Permission } from "#lib/access/permissions";
import { recordAudit } from "#lib/audit/record";
import { newId } from "#lib/kernel/ids";
import { RoleLimit, RoleNameTaken } from "./errors.ts";
import { type CustomRole, checkName, customRoles, mostRoles } from "./store.ts";

export interface CreateRole {
  readonly name: string;
  readonly description: string;
  readonly permissions: readonly Permission[];
}

/**
 * Puts a role together for the merchant's people.
 *
 * @param by what the caller may do: a role never may more than who makes it
 * @throws PermissionNotGrantable, RoleNameTaken, RoleLimit
 */
export async function createRole(ctx: Context, input: CreateRole, by: ReadonlySet<Permission>): Promise<CustomRole> {
  const permissions = checkGrant(input.permissions, by);
  return ctx.transaction(async (tx) => {
    await checkName(tx, input.name);
    if ((await customRoles(tx)).length >= mostRoles) throw new RoleLimit(mostRoles);
    const after = { name: input.name, description: input.description, permissions };
    const [role] = await tx.db
      .insert(roles)
      .values({
        ...after,
        merchantId: tx.merchantId,
        id: newId("role", tx.merchantId, tx.now.getTime()),
        createdAt: tx.now,
      })
      .onConflictDoNothing()
      .returning();
    if (!role) throw new RoleNameTaken();
    await recordAudit(tx, "role.create", role.id, { after });
    return role;
  });
}
