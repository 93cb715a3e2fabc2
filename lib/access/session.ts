import { sql } from "drizzle-orm";
import { decode } from "next-auth/jwt";
import { appDatabase } from "#db/tenancy";
import { isPermission, type Permission, permissionsOf, type RoleName } from "#lib/access/permissions";
import { TimedCache } from "#lib/kernel/cache";
import { cookieNamed } from "#lib/kernel/cookies";
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
  /** Whether the merchant has an OpenID Connect provider of its own, and whether this person has to come through it. */
  readonly sso: "none" | "offered" | "required";
}

export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  /** The merchant at whose own provider the person signed in. */
  readonly ssoMerchantId?: string;
}

interface MembershipRow extends Record<string, unknown> {
  readonly merchant_id: string;
  readonly role: RoleName;
  readonly merchant_name: string;
  readonly role_name: string | null;
  /** Of a role that the merchant made; a permission that is no more counts for nothing. */
  readonly permissions: readonly string[] | null;
  /** Null where the merchant has no provider of its own. */
  readonly is_required: boolean | null;
}

const memberships = processWide("memberships", () => new TimedCache<Membership[]>({ ttlMs: 5_000, max: 50_000 }));

/** The merchants that a person belongs to; at most five seconds old, so that a removed member is out within that time. */
export function membershipsOf(userId: string): Promise<Membership[]> {
  return memberships.get(userId, async () => {
    const rows = await appDatabase().execute<MembershipRow>(
      sql`select merchant_id, role, merchant_name, role_name, permissions, is_required
        from internal.memberships_of(${userId}) left join internal.sso_of_person(${userId}) using (merchant_id)
        order by merchant_name`,
    );
    return rows.map((row) => ({
      merchantId: row.merchant_id,
      role: row.role,
      roleName: row.role_name ?? undefined,
      permissions: row.permissions ? new Set(row.permissions.filter(isPermission)) : permissionsOf(row.role),
      merchantName: row.merchant_name,
      sso: row.is_required === null ? "none" : row.is_required ? "required" : "offered",
    }));
  });
}

/**
 * The merchants that a sign-in opens. One at a merchant's own provider opens that merchant alone: what the provider says
 * about a person is no other merchant's business. One by password or passkey opens none that insists on its provider.
 */
export async function merchantsOpenTo(session: Session): Promise<Membership[]> {
  const mine = await membershipsOf(session.userId);
  const { ssoMerchantId } = session;
  return mine.filter(({ merchantId, sso }) =>
    ssoMerchantId ? merchantId === ssoMerchantId && sso !== "none" : sso !== "required",
  );
}

/** Whether every merchant of a person insists on its own provider, so that a password or passkey opens nothing. */
export async function isBehindSso(userId: string): Promise<boolean> {
  const mine = await membershipsOf(userId);
  return mine.length > 0 && mine.every(({ sso }) => sso === "required");
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
  const token = cookieNamed(cookieHeader, sessionCookieName());
  if (!token) return undefined;
  const claims = await decode({ token, secret: env.sessionSecret }).catch(() => null);
  if (!claims || typeof claims.sub !== "string" || claims.realm !== realm || typeof claims.sid !== "string") {
    return undefined;
  }
  if (!(await isLive({ id: claims.sid, realm, personId: claims.sub }))) return undefined;
  return {
    id: claims.sid,
    userId: claims.sub,
    name: claims.name ?? "",
    email: claims.email ?? "",
    ...(typeof claims.sso === "string" && { ssoMerchantId: claims.sso }),
  };
}
