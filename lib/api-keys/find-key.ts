import { and, eq } from "drizzle-orm";
import { apiKeys } from "#db/schema/access";
import { openContext, type Tx } from "#db/tenancy";
import { TimedCache } from "#lib/kernel/cache";
import { sha256Hex } from "#lib/kernel/crypto";
import { processWide } from "#lib/kernel/globals";
import type { ApiKey } from "./create-key.ts";

const pattern = /^(?:sk|pk)_(live|test)_([0-9a-hjkmnp-tv-z]{8})[0-9a-hjkmnp-tv-z]{32}$/;

/** Five seconds: a revoked key stops within that time everywhere. */
const cache = processWide("api-keys", () => new TimedCache<ApiKey | undefined>({ ttlMs: 5_000, max: 50_000 }));

/** The key's row, or undefined when the text is no key of ours, or a revoked or expired one. */
export async function findApiKey(key: string, now: Date, requestId: string): Promise<ApiKey | undefined> {
  const match = pattern.exec(key);
  if (!match) return undefined;
  const hash = sha256Hex(key);
  const merchantId = `mer_${match[2]}`;
  const livemode = match[1] === "live";
  const row = await cache.get(hash, () =>
    openContext({ merchantId, livemode, requestId, actor: { type: "system", id: "authentication" } }).transaction(
      async (tx) => {
        const [found] = await tx.db
          .select()
          .from(apiKeys)
          .where(and(eq(apiKeys.merchantId, merchantId), eq(apiKeys.hash, hash)));
        if (!found) return undefined;
        await noteUse(tx, found);
        return found;
      },
    ),
  );
  if (!row || row.revokedAt || (row.expiresAt && row.expiresAt <= now)) return undefined;
  return row;
}

async function noteUse(tx: Tx, key: ApiKey): Promise<void> {
  if (key.lastUsedAt && tx.now.getTime() - key.lastUsedAt.getTime() < 60_000) return;
  await tx.db
    .update(apiKeys)
    .set({ lastUsedAt: tx.now })
    .where(and(eq(apiKeys.merchantId, key.merchantId), eq(apiKeys.id, key.id)));
}

export function forgetApiKey(hash: string): void {
  cache.forget(hash);
}
