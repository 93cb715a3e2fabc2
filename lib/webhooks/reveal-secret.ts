import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { openSecret } from "./secrets.ts";
import { loadEndpoint } from "./store.ts";

/**
 * Shows the present signing secret once more. Who looked stands in the audit log.
 *
 * @throws NotFound
 */
export async function revealSecret(ctx: Context, id: string): Promise<string> {
  return ctx.transaction(async (tx) => {
    const secret = openSecret(await loadEndpoint(tx, id));
    await recordAudit(tx, "webhook_endpoint.reveal_secret", id);
    return secret;
  });
}
