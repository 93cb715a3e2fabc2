import { and, eq, isNull } from "drizzle-orm";
import { apiKeys } from "#db/schema/access";
import type { Tx } from "#db/tenancy";
import { NotFound } from "#lib/kernel/errors";
import type { ApiKey } from "./create-key.ts";

/** Locks a key of this mode that works or could. @throws NotFound also when it is revoked already */
export async function lockKey(tx: Tx, id: string): Promise<ApiKey> {
  const [row] = await tx.db.select().from(apiKeys).where(ownKey(tx, id)).for("update");
  if (!row) throw new NotFound("api_key");
  return row;
}

export async function changeKey(tx: Tx, id: string, change: Partial<typeof apiKeys.$inferInsert>): Promise<ApiKey> {
  const [row] = await tx.db.update(apiKeys).set(change).where(ownKey(tx, id)).returning();
  if (!row) throw new NotFound("api_key");
  return row;
}

function ownKey(tx: Tx, id: string) {
  return and(
    eq(apiKeys.merchantId, tx.merchantId),
    eq(apiKeys.id, id),
    eq(apiKeys.livemode, tx.livemode),
    isNull(apiKeys.revokedAt),
  );
}
