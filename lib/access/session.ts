import { sql } from "drizzle-orm";
import { decode } from "next-auth/jwt";
import { appDatabase } from "#db/tenancy";
import { isPermission, type Permission, permissionsOf, type RoleName } from "#lib/access/permissions";
import { TimedCache } from "#lib/kernel/cache";
import { env } from "#lib/kernel/env";
import { processWide } from "#lib/kernel/globals";
import { isLive } from "./sessions.ts";
import type { Realm } from "./sign-in.ts";

export interface Membership {
  readonly merchantId: string;
  readonly role: RoleName;
  /** Of a role that the merchant made. */
  readonly roleName: string | undefined;
  readonly permissions: ReadonlySet<Permission>;
  readonly merchantName: string;
}

export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
}

interface MembershipRow extends Record<string, unknown> {
  readonly merchant_id: string;
  readonly role: RoleName;
  readonly merchant_name: string;
  readonly role_name: string | null;
  /** Of a role that the merchant made; a permission that is no more counts for nothing. */
  readonly permissions: readonly string[] | null;
}

const memberships = processWide("memberships", () => new TimedCache<Membership[]>({ ttlMs: 5_000, max: 50_000 }));

/** The merchants that a person belongs to; at most five seconds old, so that a removed member is out within that time. */
export function membershipsOf(userId: string): Promise<Membership[]> {
  return memberships.get(userId, async () => {
    const rows = await appDatabase().execute<MembershipRow>(
      sql`select merchant_id, role, merchant_name, role_name, permissions from internal.memberships_of(${userId})`,
    );
    return rows.map((row) => ({
      merchantId: row.merchant_id,
      role: row.role,
      roleName: row.role_name ?? undefined,
      permissions: row.permissions ? new Set(row.permissions.filter(isPermission)) : permissionsOf(row.role),
      merchantName: row.merchant_name,
    }));
  });
}

export function forgetMemberships(userId: string): void {
  memberships.forget(userId);
}

/** next-auth's cookie: `__Secure-` prefixed when the public address is https. */
export function sessionCookieName(): string {
  return `${env.publicUrl.startsWith("https:") ? "__Secure-" : ""}next-auth.session-token`;
}

/** The signed-in person of a realm that a cookie header names, or undefined; a session that was ended is none. */
export async function readSession(
  cookieHeader: string | null | undefined,
  realm: Realm = "merchant",
): Promise<Session | undefined> {
  const name = sessionCookieName();
  const token = cookieHeader
    ?.split(";")
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1);
  if (!token) return undefined;
  const claims = await decode({ token, secret: env.sessionSecret }).catch(() => null);
  if (!claims || typeof claims.sub !== "string" || claims.realm !== realm || typeof claims.sid !== "string") {
    return undefined;
  }
  if (!(await isLive({ id: claims.sid, realm, personId: claims.sub }))) return undefined;
  return { id: claims.sid, userId: claims.sub, name: claims.name ?? "", email: claims.email ?? "" };
}
