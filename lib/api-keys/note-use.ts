import { sql } from "drizzle-orm";
import { appDatabase } from "#db/tenancy";
import { Batch } from "#lib/kernel/batch";
import { processWide } from "#lib/kernel/globals";
import type { ApiKey } from "./create-key.ts";

const everyMs = 10_000;
/** Keys, not requests. */
const mostAtOnce = 10_000;

interface Uses {
  /** Last use by key, of those that are not written yet. */
  readonly at: Map<string, Date>;
  readonly batch: Batch<ApiKey>;
}

const uses = processWide("api-key-uses", (): Uses => {
  const at = new Map<string, Date>();
  return {
    at,
    batch: new Batch({ name: "api key uses", everyMs, most: mostAtOnce, write: (keys) => writeUses(keys, at) }),
  };
});

/** Remembers when a key was last used; written every few seconds for all keys together. */
export function noteUse(key: ApiKey, now: Date): void {
  const isWaiting = uses.at.has(key.id);
  uses.at.set(key.id, now);
  if (!isWaiting) uses.batch.push(key);
}

export function writeKeyUses(): Promise<void> {
  return uses.batch.flush();
}

async function writeUses(keys: readonly ApiKey[], at: Map<string, Date>): Promise<void> {
  const rows = keys.map(({ merchantId, id }) => ({ merchant_id: merchantId, id, at: at.get(id)?.toISOString() }));
  for (const { id } of keys) at.delete(id);
  await appDatabase().execute(sql`select internal.note_key_uses(${JSON.stringify(rows)}::json)`);
}
