import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import type { ApiKey } from "./create-key.ts";
import { forgetApiKey } from "./find-key.ts";
import { changeKey } from "./store.ts";

/** Ends a key for good; other processes follow within five seconds. @throws NotFound also when it is revoked already */
export async function revokeApiKey(ctx: Context, id: string): Promise<ApiKey> {
  return ctx.transaction(async (tx) => {
    const row = await changeKey(tx, id, { revokedAt: tx.now });
    await recordAudit(tx, "api_key.revoke", id, { before: { revokedAt: null }, after: { revokedAt: tx.now } });
    tx.afterCommit(() => forgetApiKey(row.hash));
    return row;
  });
}
