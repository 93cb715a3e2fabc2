import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { changeEndpoint, loadEndpoint } from "./store.ts";

/**
 * Removes an endpoint with its secrets. The log of what it received stays; what was on its way is given up.
 *
 * @throws NotFound
 */
export async function deleteEndpoint(ctx: Context, id: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { url } = await loadEndpoint(tx, id, { lock: true });
    await changeEndpoint(tx, id, {
      status: "disabled",
      secret: "",
      previousSecret: null,
      previousSecretExpiresAt: null,
      deletedAt: tx.now,
    });
    await recordAudit(tx, "webhook_endpoint.delete", id, { url });
  });
}
