import { and, eq, isNull } from "drizzle-orm";
import { apiKeys } from "#db/schema/access";
import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { NotFound } from "#lib/kernel/errors";
import type { ApiKey } from "./create-key.ts";
import { forgetApiKey } from "./find-key.ts";

/** Ends a key for good; other processes follow within five seconds. @throws NotFound also when it is revoked already */
export async function revokeApiKey(ctx: Context, id: string): Promise<ApiKey> {
  return ctx.transaction(async (tx) => {
    const [row] = await tx.db
      .update(apiKeys)
      .set({ revokedAt: tx.now })
      .where(
        and(
          eq(apiKeys.merchantId, tx.merchantId),
          eq(apiKeys.id, id),
          eq(apiKeys.livemode, tx.livemode),
          isNull(apiKeys.revokedAt),
        ),
      )
      .returning();
    if (!row) throw new NotFound("api_key");
    await recordAudit(tx, "api_key.revoke", id);
    tx.afterCommit(() => forgetApiKey(row.hash));
    return row;
  });
}
