/** Everything that the platform's own staff may be allowed to do. Each route of the console names one; so does each button. */
export const operatorPermissions = [
  "account:write",
  "overview:read",
  "orders:read",
  "orders:write",
  "orders:approve",
  "merchants:read",
  "merchants:write",
  "merchants:approve",
  "merchants:impersonate",
  "lists:read",
  "lists:write",
  "channels:read",
  "channels:write",
  "platform_accounts:write",
  "platform_accounts:lend",
  "tickets:read",
  "tickets:write",
  "knowledge:write",
  "alerts:read",
  "alerts:write",
  "parameters:read",
  "parameters:write",
  "parameters:approve",
  "operators:read",
  "operators:write",
  "approvals:read",
  "log:read",
] as const;
export type OperatorPermission = (typeof operatorPermissions)[number];

export const operatorRoles = ["admin", "operations", "risk", "compliance", "support", "auditor"] as const;
export type OperatorRole = (typeof operatorRoles)[number];

const looking: readonly OperatorPermission[] = [
  // One's own.
  "account:write",
  "overview:read",
  "orders:read",
  "merchants:read",
  "lists:read",
  "channels:read",
  "tickets:read",
  "alerts:read",
  "approvals:read",
];

/** The one table of which role may do what. */
const byRole: Record<OperatorRole, ReadonlySet<OperatorPermission>> = {
  admin: new Set(operatorPermissions),
  operations: new Set<OperatorPermission>([
    ...looking,
    "orders:write",
    "orders:approve",
    "channels:write",
    "platform_accounts:lend",
    "tickets:write",
    "alerts:write",
    "parameters:read",
    "parameters:write",
  ]),
  risk: new Set<OperatorPermission>([...looking, "orders:write", "orders:approve", "lists:write", "merchants:write"]),
  compliance: new Set<OperatorPermission>([...looking, "merchants:write", "merchants:approve", "log:read"]),
  support: new Set<OperatorPermission>([...looking, "tickets:write", "knowledge:write", "merchants:impersonate"]),
  auditor: new Set<OperatorPermission>([...looking, "parameters:read", "operators:read", "log:read"]),
};

export function permissionsOfOperator(role: OperatorRole): ReadonlySet<OperatorPermission> {
  return byRole[role];
}

export function isOperatorRole(text: string): text is OperatorRole {
  return operatorRoles.some((role) => role === text);
}
