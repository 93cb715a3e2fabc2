import { and, eq } from "drizzle-orm";
import { apiKeys } from "#db/schema/access";
import { openContext } from "#db/tenancy";
import {
  isPermission,
  type Permission,
  publishableKeyPermissions,
  secretKeyPermissions,
} from "#lib/access/permissions";
import { type SignatureKey, signatureKey } from "#lib/http-signatures/verify";
import { TimedCache } from "#lib/kernel/cache";
import { sha256Hex } from "#lib/kernel/crypto";
import { processWide } from "#lib/kernel/globals";
import { type AddressRange, addressRanges } from "./addresses.ts";
import type { ApiKey } from "./create-key.ts";
import { noteUse } from "./note-use.ts";
import { signatureKeyOf } from "./signing.ts";

const pattern = /^(?:sk|rk|pk)_(live|test)_([0-9a-hjkmnp-tv-z]{8})[0-9a-hjkmnp-tv-z]{32}$/;

/** A key with what every request asks of it, read once. */
export interface KnownKey {
  readonly row: ApiKey;
  readonly permissions: ReadonlySet<Permission>;
  readonly ranges: readonly AddressRange[];
  /** When its requests are, or may be, signed. */
  readonly signatureKey: SignatureKey | undefined;
}

/** Five seconds: a revoked key stops within that time everywhere. */
const cache = processWide("api-keys", () => new TimedCache<KnownKey | undefined>({ ttlMs: 5_000, max: 50_000 }));

/** The key, or undefined when the text is no key of ours, or a revoked or expired one. */
export async function findApiKey(key: string, now: Date, requestId: string): Promise<KnownKey | undefined> {
  const match = pattern.exec(key);
  if (!match) return undefined;
  const hash = sha256Hex(key);
  const known = await cache.get(hash, () => readKey(`mer_${match[2]}`, match[1] === "live", hash, requestId));
  if (!known || known.row.revokedAt || (known.row.expiresAt && known.row.expiresAt <= now)) return undefined;
  noteUse(known.row, now);
  return known;
}

async function readKey(
  merchantId: string,
  livemode: boolean,
  hash: string,
  requestId: string,
): Promise<KnownKey | undefined> {
  const ctx = openContext({ merchantId, livemode, requestId, actor: { type: "system", id: "authentication" } });
  const [row] = await ctx.transaction((tx) =>
    tx.db
      .select()
      .from(apiKeys)
      .where(and(eq(apiKeys.merchantId, merchantId), eq(apiKeys.hash, hash))),
  );
  if (!row) return undefined;
  return {
    row,
    permissions: permissionsOfKey(row),
    ranges: addressRanges(row.allowedIps),
    signatureKey: signatureKeyFrom(row),
  };
}

function signatureKeyFrom(row: ApiKey): SignatureKey | undefined {
  const material = signatureKeyOf(row);
  return row.signatureAlgorithm && material ? signatureKey(row.signatureAlgorithm, material) : undefined;
}

function permissionsOfKey(row: ApiKey): ReadonlySet<Permission> {
  switch (row.kind) {
    case "secret":
      return secretKeyPermissions;
    case "restricted":
      return new Set((row.permissions ?? []).filter(isPermission));
    case "publishable":
      return publishableKeyPermissions;
  }
}

export function forgetApiKey(hash: string): void {
  cache.forget(hash);
}
