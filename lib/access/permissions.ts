/** Everything that a caller may be allowed to do. Each route names one; so does each button. */
export const permissions = [
  "orders:read",
  "orders:write",
  "refunds:read",
  "refunds:write",
  "balances:read",
  "events:read",
  "webhooks:read",
  "webhooks:write",
  "channel_accounts:read",
  "channel_accounts:write",
  "api_keys:read",
  "api_keys:write",
  "test:drive",
] as const;
export type Permission = (typeof permissions)[number];

export const roles = ["owner", "admin", "finance", "operations", "developer", "read_only"] as const;
export type Role = (typeof roles)[number];

const reading: readonly Permission[] = ["orders:read", "refunds:read", "balances:read", "events:read", "webhooks:read"];

/** The one table of who may do what. */
const byRole: Record<Role, ReadonlySet<Permission>> = {
  owner: new Set(permissions),
  admin: new Set(permissions),
  finance: new Set<Permission>([...reading, "refunds:write"]),
  operations: new Set<Permission>([...reading, "orders:write", "refunds:write"]),
  developer: new Set<Permission>([
    ...reading,
    "orders:write",
    "webhooks:write",
    "channel_accounts:read",
    "api_keys:read",
    "api_keys:write",
    "test:drive",
  ]),
  read_only: new Set(reading),
};

export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return byRole[role];
}

/** A secret key stands for the merchant's own server. */
export const secretKeyPermissions: ReadonlySet<Permission> = new Set(permissions);

/** A publishable key lives in browsers: it may do nothing that the checkout's address does not allow anyway. */
export const publishableKeyPermissions: ReadonlySet<Permission> = new Set();
