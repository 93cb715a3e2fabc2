import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { emit } from "#lib/events/emit";
import { WebhookEndpointDisabled } from "./errors.ts";
import { webhookEndpointJson } from "./schemas.ts";
import { loadEndpoint } from "./store.ts";

/**
 * Emits a `webhook.test` event that goes to this endpoint only, signed, retried and logged like any other.
 *
 * @throws NotFound, WebhookEndpointDisabled
 */
export async function sendTestEvent(ctx: Context, endpointId: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    const endpoint = await loadEndpoint(tx, endpointId);
    if (endpoint.status === "disabled") throw new WebhookEndpointDisabled();
    await emit(tx, "webhook.test", { objectId: endpoint.id, data: webhookEndpointJson(endpoint) });
    await recordAudit(tx, "webhook_endpoint.send_test_event", endpoint.id);
  });
}
