import { and, asc, count, eq, ne, sql } from "drizzle-orm";
import { memberships } from "#db/schema/access";
import { roles } from "#db/schema/roles";
import type { Context, Tx } from "#db/tenancy";
import { NotFound } from "#lib/kernel/errors";
import { RoleNameTaken } from "./errors.ts";

export type CustomRole = typeof roles.$inferSelect;

export const mostRoles = 50;

/** Roles that the merchant made, by name. */
export function customRoles(tx: Tx): Promise<CustomRole[]> {
  return tx.db
    .select()
    .from(roles)
    .where(eq(roles.merchantId, tx.merchantId))
    .orderBy(asc(sql`lower(${roles.name})`))
    .limit(mostRoles);
}

/** @throws NotFound */
export async function lockRole(tx: Tx, id: string): Promise<CustomRole> {
  const [row] = await tx.db
    .select()
    .from(roles)
    .where(and(eq(roles.merchantId, tx.merchantId), eq(roles.id, id)))
    .for("update");
  if (!row) throw new NotFound("role");
  return row;
}

/** @throws RoleNameTaken also by a name that differs in capitals only */
export async function checkName(tx: Tx, name: string, ownId = ""): Promise<void> {
  const [other] = await tx.db
    .select({ id: roles.id })
    .from(roles)
    .where(and(eq(roles.merchantId, tx.merchantId), sql`lower(${roles.name}) = lower(${name})`, ne(roles.id, ownId)));
  if (other) throw new RoleNameTaken();
}

/** How many people have each role, by its name or id. */
export async function memberCounts(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx.db
    .select({ role: memberships.role, members: count() })
    .from(memberships)
    .where(eq(memberships.merchantId, tx.merchantId))
    .groupBy(memberships.role);
  return new Map(rows.map(({ role, members }) => [role, members]));
}

export interface RoleList {
  readonly custom: readonly CustomRole[];
  readonly members: ReadonlyMap<string, number>;
}

export async function listRoles(ctx: Context): Promise<RoleList> {
  return ctx.transaction(async (tx) => ({ custom: await customRoles(tx), members: await memberCounts(tx) }));
}
