import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { changeEndpoint, loadEndpoint, type WebhookEndpoint } from "./store.ts";

/**
 * Switches an endpoint on again, with a clean record. What it missed can be had by `replayEvents`. An endpoint that is
 * on already stays as it is.
 *
 * @throws NotFound
 */
export async function enableEndpoint(ctx: Context, id: string): Promise<WebhookEndpoint> {
  return ctx.transaction(async (tx) => {
    const before = await loadEndpoint(tx, id, { lock: true });
    if (before.status === "enabled") return before;
    const endpoint = await changeEndpoint(tx, id, {
      status: "enabled",
      disabledReason: null,
      failingSince: null,
      alertedAt: null,
    });
    await recordAudit(tx, "webhook_endpoint.enable", id, {
      before: { status: before.status },
      after: { status: "enabled" },
    });
    return endpoint;
  });
}
