import { and, eq, isNull, type SQL } from "drizzle-orm";
import { type webhookDeliveries, webhookEndpoints } from "#db/schema/events";
import type { Tx } from "#db/tenancy";
import { NotFound } from "#lib/kernel/errors";

export type WebhookEndpoint = typeof webhookEndpoints.$inferSelect;
export type WebhookDelivery = typeof webhookDeliveries.$inferSelect;

/** Endpoints of this merchant and mode that are not deleted. */
export function ownEndpoints(tx: Tx): SQL | undefined {
  return and(
    eq(webhookEndpoints.merchantId, tx.merchantId),
    eq(webhookEndpoints.livemode, tx.livemode),
    isNull(webhookEndpoints.deletedAt),
  );
}

/** @throws NotFound */
export async function loadEndpoint(
  tx: Tx,
  id: string,
  options: { lock?: boolean; param?: string } = {},
): Promise<WebhookEndpoint> {
  const query = tx.db
    .select()
    .from(webhookEndpoints)
    .where(and(ownEndpoints(tx), eq(webhookEndpoints.id, id)));
  const [endpoint] = await (options.lock ? query.for("update") : query);
  if (!endpoint) throw new NotFound("webhook_endpoint", options.param);
  return endpoint;
}

/** Writes part of an endpoint that `loadEndpoint` has found. @throws NotFound */
export async function changeEndpoint(
  tx: Tx,
  id: string,
  change: Partial<typeof webhookEndpoints.$inferInsert>,
): Promise<WebhookEndpoint> {
  const [endpoint] = await tx.db
    .update(webhookEndpoints)
    .set({ ...change, updatedAt: tx.now })
    .where(and(ownEndpoints(tx), eq(webhookEndpoints.id, id)))
    .returning();
  if (!endpoint) throw new NotFound("webhook_endpoint");
  return endpoint;
}
