import { AppError } from "#lib/kernel/errors";
import { notGrantable, type Permission } from "./permissions.ts";

/** Nobody gives what he has not got. */
export class PermissionNotGrantable extends AppError {
  constructor(permission: Permission, param = "permissions") {
    super("forbidden", "permission_not_grantable", { param, detail: { permission } });
  }
}

/**
 * Guards every verb that hands on permissions: to a key, a role, a colleague.
 *
 * @param by what the caller may do himself
 * @returns the wanted permissions, each once
 * @throws PermissionNotGrantable
 */
export function checkGrant(
  wanted: Iterable<Permission>,
  by: ReadonlySet<Permission>,
  param?: string,
): readonly Permission[] {
  const distinct = [...new Set(wanted)];
  const missing = notGrantable(by, distinct);
  if (missing) throw new PermissionNotGrantable(missing, param);
  return distinct;
}
