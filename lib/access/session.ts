import { sql } from "drizzle-orm";
import { decode } from "next-auth/jwt";
import { appDatabase } from "#db/tenancy";
import type { Role } from "#lib/access/permissions";
import { TimedCache } from "#lib/kernel/cache";
import { env } from "#lib/kernel/env";
import { processWide } from "#lib/kernel/globals";
import type { Realm } from "./sign-in.ts";

export interface Membership {
  readonly merchantId: string;
  readonly role: Role;
  readonly merchantName: string;
}

export interface Session {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
}

const memberships = processWide("memberships", () => new TimedCache<Membership[]>({ ttlMs: 5_000, max: 50_000 }));

/** The merchants that a person belongs to; at most five seconds old, so that a removed member is out within that time. */
export function membershipsOf(userId: string): Promise<Membership[]> {
  return memberships.get(userId, async () => {
    const rows = await appDatabase().execute<{ merchant_id: string; role: Role; merchant_name: string }>(
      sql`select merchant_id, role, merchant_name from internal.memberships_of(${userId})`,
    );
    return rows.map((row) => ({ merchantId: row.merchant_id, role: row.role, merchantName: row.merchant_name }));
  });
}

/** How long a sign-in lasts, whatever happens in between. */
export const sessionSeconds = 12 * 60 * 60;

/** next-auth's cookie: `__Secure-` prefixed when the public address is https. */
export function sessionCookieName(): string {
  return `${env.publicUrl.startsWith("https:") ? "__Secure-" : ""}next-auth.session-token`;
}

/** The signed-in person of a realm that a cookie header names, or undefined. */
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
  if (!claims || typeof claims.sub !== "string" || claims.realm !== realm) return undefined;
  return { userId: claims.sub, name: claims.name ?? "", email: claims.email ?? "" };
}
