import { type Permission, permissions } from "#lib/access/permissions";
import { systemClock } from "#lib/kernel/clock";
import { cookieNamed } from "#lib/kernel/cookies";
import type { OperatorPerson } from "../context.ts";
import { mustEnrol, operatorBehind } from "../find-operator.ts";
import { impersonationCookie } from "./cookie.ts";
import { type Impersonation, impersonationOf } from "./impersonate.ts";

/** An operator at a merchant's dashboard. */
export interface Visit {
  readonly operator: OperatorPerson;
  readonly impersonation: Impersonation;
  readonly permissions: ReadonlySet<Permission>;
}

/**
 * Not even with a second operator's leave: keys, people and sign-in stay the merchant's own, and the sealed application
 * is looked at in the console by those who decide about it.
 */
const never: ReadonlySet<Permission> = new Set([
  "api_keys:write",
  "team:write",
  "roles:write",
  "application:read",
  "application:write",
]);
const looking = new Set(permissions.filter((permission) => permission.endsWith(":read") && !never.has(permission)));
const changing = new Set(permissions.filter((permission) => !never.has(permission)));

/** The visit that the cookies name; undefined for everybody else. */
export async function visitBehind(cookieHeader: string | null | undefined): Promise<Visit | undefined> {
  const token = cookieNamed(cookieHeader, impersonationCookie());
  const behind = token ? await operatorBehind(cookieHeader) : undefined;
  if (!token || !behind?.operator.permissions.has("merchants:impersonate")) return undefined;
  if (await mustEnrol(behind.operator)) return undefined;
  const impersonation = await impersonationOf(behind.operator.id, token, systemClock.now());
  return (
    impersonation && {
      operator: behind.operator,
      impersonation,
      permissions: impersonation.mayWrite ? changing : looking,
    }
  );
}
