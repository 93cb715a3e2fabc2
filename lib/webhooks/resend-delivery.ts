import { and, eq } from "drizzle-orm";
import { webhookDeliveries } from "#db/schema/events";
import type { Context } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { NotFound } from "#lib/kernel/errors";
import { WebhookEndpointDisabled } from "./errors.ts";
import { type DeliveryWithTries, readDelivery } from "./get-delivery.ts";
import { queueDeliveries } from "./queue-deliveries.ts";
import { loadEndpoint } from "./store.ts";

/**
 * Sends an event to the same endpoint once more, as a delivery of its own with the whole schedule of retries. The event's
 * id is the same, so a receiver that already has it can tell.
 *
 * @returns the new delivery
 * @throws NotFound, WebhookEndpointDisabled
 */
export async function resendDelivery(ctx: Context, id: string): Promise<DeliveryWithTries> {
  return ctx.transaction(async (tx) => {
    const [original] = await tx.db
      .select({ eventId: webhookDeliveries.eventId, endpointId: webhookDeliveries.endpointId })
      .from(webhookDeliveries)
      .where(
        and(
          eq(webhookDeliveries.merchantId, tx.merchantId),
          eq(webhookDeliveries.livemode, tx.livemode),
          eq(webhookDeliveries.id, id),
        ),
      );
    if (!original) throw new NotFound("webhook_delivery");
    const endpoint = await loadEndpoint(tx, original.endpointId, { param: "endpoint" });
    if (endpoint.status === "disabled") throw new WebhookEndpointDisabled();

    const [newDeliveryId = ""] = await queueDeliveries(tx, [original], "resend");
    await recordAudit(tx, "webhook_delivery.resend", id, { newDeliveryId });
    return readDelivery(tx, newDeliveryId);
  });
}
