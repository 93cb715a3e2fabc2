/** Everything that a caller may be allowed to do. Each route names one; so does each button. */
export const permissions = [
  "orders:read",
  "orders:write",
  "refunds:read",
  "refunds:write",
  "balances:read",
  "analytics:read",
  "exports:read",
  "exports:write",
  "events:read",
  "webhooks:read",
  "webhooks:write",
  "channel_accounts:read",
  "channel_accounts:write",
  "lists:read",
  "lists:write",
  "api_keys:read",
  "api_keys:write",
  "logs:read",
  "audit:read",
  "roles:read",
  "roles:write",
  "team:read",
  "team:write",
  "settings:read",
  "settings:write",
  "privacy:read",
  "privacy:write",
  "application:read",
  "application:write",
  "tickets:read",
  "tickets:write",
  "test:drive",
] as const;
export type Permission = (typeof permissions)[number];

export const roles = ["owner", "admin", "finance", "operations", "developer", "read_only"] as const;
export type Role = (typeof roles)[number];

/** What a membership names: a built-in role, or the id of one that the merchant made. */
export type RoleName = Role | `rol_${string}`;

const reading: readonly Permission[] = [
  "orders:read",
  "refunds:read",
  "balances:read",
  "analytics:read",
  "exports:read",
  "events:read",
  "webhooks:read",
  "settings:read",
  "tickets:read",
  "lists:read",
];

/** The one table of who may do what. */
const byRole: Record<Role, ReadonlySet<Permission>> = {
  owner: new Set(permissions),
  admin: new Set(permissions),
  finance: new Set<Permission>([...reading, "exports:write", "tickets:write", "refunds:write"]),
  operations: new Set<Permission>([
    ...reading,
    "exports:write",
    "tickets:write",
    "orders:write",
    "refunds:write",
    "lists:write",
  ]),
  developer: new Set<Permission>([
    ...reading,
    "exports:write",
    "tickets:write",
    "orders:write",
    "webhooks:write",
    "channel_accounts:read",
    "api_keys:read",
    "api_keys:write",
    "logs:read",
    "test:drive",
  ]),
  read_only: new Set(reading),
};

const nothing: ReadonlySet<Permission> = new Set();

/** What a built-in role may do. A name that is none may do nothing: a role of the merchant's own brings its permissions. */
export function permissionsOf(role: RoleName): ReadonlySet<Permission> {
  return isBuiltInRole(role) ? byRole[role] : nothing;
}

export function isBuiltInRole(name: string): name is Role {
  return roles.some((role) => role === name);
}

export function isPermission(text: string): text is Permission {
  return permissions.some((permission) => permission === text);
}

/**
 * Which of the wanted permissions somebody has not got, and so can't give to a role, a key or a colleague.
 *
 * @returns undefined when all may be given
 */
export function notGrantable(own: ReadonlySet<Permission>, wanted: Iterable<Permission>): Permission | undefined {
  for (const permission of wanted) if (!own.has(permission)) return permission;
  return undefined;
}

/** A secret key stands for the merchant's own server. */
export const secretKeyPermissions: ReadonlySet<Permission> = new Set(permissions);

/** A publishable key lives in browsers: it may do nothing that the checkout's address does not allow anyway. */
export const publishableKeyPermissions: ReadonlySet<Permission> = new Set();
