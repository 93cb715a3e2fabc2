import { and, eq } from "drizzle-orm";
import { memberships } from "#db/schema/access";
import { roles } from "#db/schema/roles";
import type { Tx } from "#db/tenancy";
import {
  isBuiltInRole,
  isPermission,
  notGrantable,
  type Permission,
  permissionsOf,
  type RoleName,
} from "#lib/access/permissions";
import { AppError, InvalidParam, NotFound } from "#lib/kernel/errors";
import { OwnerOnly, PersonRequired } from "./errors.ts";

export interface Colleague {
  readonly userId: string;
  readonly role: RoleName;
}

/** The merchant's people, locked: whether somebody is the last owner must not change while it is being decided. */
export async function lockTeam(tx: Tx): Promise<Colleague[]> {
  return tx.db
    .select({ userId: memberships.userId, role: memberships.role })
    .from(memberships)
    .where(eq(memberships.merchantId, tx.merchantId))
    .orderBy(memberships.userId)
    .for("update");
}

/** The signed-in member who acts. A key has no place in the team, and so can't change it. @throws PersonRequired */
export function actorIn(tx: Tx, team: readonly Colleague[]): Colleague {
  const { actor } = tx.ctx;
  const own = actor.type === "user" ? team.find(({ userId }) => userId === actor.id) : undefined;
  if (!own) throw new PersonRequired();
  return own;
}

/** @throws NotFound also for a person of another merchant */
export function memberIn(team: readonly Colleague[], userId: string): Colleague {
  const found = team.find((colleague) => colleague.userId === userId);
  if (!found) throw new NotFound("member");
  return found;
}

export function isLastOwner(team: readonly Colleague[], { role }: Colleague): boolean {
  return role === "owner" && team.filter((colleague) => colleague.role === "owner").length === 1;
}

async function permissionsIn(tx: Tx, role: string): Promise<ReadonlySet<Permission> | undefined> {
  if (isBuiltInRole(role)) return permissionsOf(role);
  const [own] = await tx.db
    .select({ permissions: roles.permissions })
    .from(roles)
    .where(and(eq(roles.merchantId, tx.merchantId), eq(roles.id, role)))
    // Nobody deletes the role while it is being given to somebody.
    .for("share");
  return own && new Set(own.permissions.filter(isPermission));
}

/**
 * Makes sure that somebody may give a role: only an owner makes owners, and nobody gives what he has not got.
 *
 * @throws InvalidParam role_unknown, OwnerOnly, AppError permission_not_grantable
 */
export async function requireGrantable(tx: Tx, actor: Colleague, role: string): Promise<RoleName> {
  const wanted = await permissionsIn(tx, role);
  if (!wanted) throw new InvalidParam("role_unknown", "role");
  if (role === "owner" && actor.role !== "owner") throw new OwnerOnly();
  const permission = notGrantable((await permissionsIn(tx, actor.role)) ?? new Set(), wanted);
  if (permission)
    throw new AppError("forbidden", "permission_not_grantable", { param: "role", detail: { permission } });
  return role as RoleName;
}
