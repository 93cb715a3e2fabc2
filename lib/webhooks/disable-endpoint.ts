import type { Context, Tx } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { emit } from "#lib/events/emit";
import { sendNotice } from "#lib/notices/send-notice";
import { webhookEndpointJson } from "./schemas.ts";
import { changeEndpoint, loadEndpoint, type WebhookEndpoint } from "./store.ts";

/**
 * Switches an endpoint off. What is on its way to it is given up at its next try.
 *
 * @throws NotFound
 */
export async function disableEndpoint(ctx: Context, id: string): Promise<WebhookEndpoint> {
  return ctx.transaction(async (tx) => {
    const before = await loadEndpoint(tx, id, { lock: true });
    if (before.status === "disabled") return before;
    const endpoint = await changeEndpoint(tx, id, { status: "disabled", disabledReason: "by_merchant" });
    await recordAudit(tx, "webhook_endpoint.disable", id, {
      before: { status: before.status },
      after: { status: "disabled" },
      reason: "by_merchant",
    });
    return endpoint;
  });
}

/**
 * Switches off an endpoint that we must not or need not send to any more, and tells the merchant's other endpoints.
 * The caller holds the lock of its row.
 */
export async function switchOff(tx: Tx, before: WebhookEndpoint, reason: "gone" | "failing"): Promise<void> {
  const endpoint = await changeEndpoint(tx, before.id, {
    status: "disabled",
    disabledReason: reason,
    alertedAt: tx.now,
  });
  await recordAudit(tx, "webhook_endpoint.disable", before.id, { reason });
  await emit(tx, "webhook_endpoint.disabled", { objectId: before.id, data: webhookEndpointJson(endpoint) });
  await sendNotice(tx, "endpoint_off", "/webhooks", { url: before.url, reason });
}
