import { type Permission, permissions } from "#lib/access/permissions";

/** The permission table by subject, in its own order. */
export function permissionGroups(among: readonly Permission[] = permissions): [string, Permission[]][] {
  const groups = new Map<string, Permission[]>();
  for (const permission of permissions) {
    if (!among.includes(permission)) continue;
    const subject = permission.split(":")[0] ?? permission;
    groups.set(subject, [...(groups.get(subject) ?? []), permission]);
  }
  return [...groups];
}
