import type { Context } from "#db/tenancy";
import { checkGrant } from "#lib/access/grant";
import type { Permission } from "#lib/access/permissions";
import { difference } from "#lib/audit/difference";
import { recordAudit } from "#lib/audit/record";
import { InvalidParam } from "#lib/kernel/errors";
import { addressRanges } from "./addresses.ts";
import { type ApiKey, rightsOf } from "./create-key.ts";
import { forgetApiKey } from "./find-key.ts";
import { changeKey, lockKey } from "./store.ts";

export interface UpdateApiKey {
  readonly label?: string | undefined;
  readonly permissions?: readonly Permission[] | undefined;
  readonly allowedIps?: readonly string[] | undefined;
}

/**
 * Renames a key, or changes what it may do and from where; other processes follow within five seconds.
 *
 * @param by what the caller may do: neither the old nor the new permissions may be more
 * @throws NotFound, PermissionNotGrantable, InvalidParam
 */
export async function updateApiKey(
  ctx: Context,
  id: string,
  input: UpdateApiKey,
  by: ReadonlySet<Permission>,
): Promise<ApiKey> {
  addressRanges(input.allowedIps ?? []);
  return ctx.transaction(async (tx) => {
    const before = await lockKey(tx, id);
    if (input.permissions) {
      if (before.kind !== "restricted") throw new InvalidParam("permissions_of_restricted_only", "permissions");
      if (input.permissions.length === 0) throw new InvalidParam("permissions_missing", "permissions");
      checkGrant(input.permissions, by);
    }
    // A name may be changed by whoever may change keys at all.
    if (input.permissions || input.allowedIps) checkGrant(rightsOf(before), by);
    const wanted = {
      ...(input.label !== undefined && { label: input.label }),
      ...(input.permissions && { permissions: [...new Set(input.permissions)] }),
      ...(input.allowedIps && { allowedIps: input.allowedIps }),
    };
    const change = difference(before, wanted);
    if (Object.keys(change.after).length === 0) return before;
    const row = await changeKey(tx, id, wanted);
    await recordAudit(tx, "api_key.update", id, change);
    tx.afterCommit(() => forgetApiKey(row.hash));
    return row;
  });
}
