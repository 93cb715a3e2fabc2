import type { Context } from "#db/tenancy";
import { checkGrant } from "#lib/access/grant";
import type { Permission } from "#lib/access/permissions";
import { recordAudit } from "#lib/audit/record";
import { InvalidParam } from "#lib/kernel/errors";
import { newId } from "#lib/kernel/ids";
import { type ApiKey, insertKey, rightsOf } from "./create-key.ts";
import { ApiKeyRolled } from "./errors.ts";
import { forgetApiKey } from "./find-key.ts";
import { resealSignatureKey } from "./signing.ts";
import { changeKey, lockKey } from "./store.ts";

const maxOverlapMs = 30 * 24 * 3_600_000;

/**
 * Puts a new key with the same rights in the place of one. The old one works on until a chosen time, so that servers can
 * be moved one after the other.
 *
 * @param until when the old key stops; at once when not given; at most 30 days away
 * @param by what the caller may do: he is handed a key, so he must be allowed to make one
 * @throws NotFound, ApiKeyRolled when that was done before, PermissionNotGrantable, InvalidParam
 */
export async function rollApiKey(
  ctx: Context,
  id: string,
  until: Date | undefined,
  by: ReadonlySet<Permission>,
): Promise<{ row: ApiKey; key: string; replaced: ApiKey }> {
  return ctx.transaction(async (tx) => {
    const old = await lockKey(tx, id);
    if (old.replacedBy || (old.expiresAt && old.expiresAt <= tx.now)) throw new ApiKeyRolled();
    checkGrant(rightsOf(old), by);
    const overlapMs = until ? until.getTime() - tx.now.getTime() : 0;
    if (until && !(overlapMs > 0 && overlapMs <= maxOverlapMs)) {
      throw new InvalidParam("overlap_out_of_range", "old_key_expires_at");
    }

    const newKeyId = newId("apiKey", tx.merchantId, tx.now.getTime());
    const made = await insertKey(tx, {
      id: newKeyId,
      kind: old.kind,
      label: old.label,
      permissions: old.permissions,
      allowedIps: old.allowedIps,
      expiresAt: old.expiresAt,
      signatureAlgorithm: old.signatureAlgorithm,
      signatureKey: resealSignatureKey(old, newKeyId),
      signatureRequired: old.signatureRequired,
    });
    const end = until ? { expiresAt: earlier(until, old.expiresAt) } : { revokedAt: tx.now };
    const replaced = await changeKey(tx, id, { replacedBy: made.row.id, ...end });
    await recordAudit(tx, "api_key.roll", id, {
      before: { replacedBy: null, expiresAt: old.expiresAt },
      after: { replacedBy: made.row.id, expiresAt: replaced.expiresAt, revokedAt: replaced.revokedAt },
    });
    tx.afterCommit(() => forgetApiKey(old.hash));
    return { ...made, replaced };
  });
}

function earlier(one: Date, other: Date | null): Date {
  return other && other < one ? other : one;
}
