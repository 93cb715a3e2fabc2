import { and, asc, eq, getTableColumns } from "drizzle-orm";
import { events, webhookDeliveries, webhookTries } from "#db/schema/events";
import type { Context, Tx } from "#db/tenancy";
import { NotFound } from "#lib/kernel/errors";
import type { WebhookDelivery } from "./store.ts";

export interface DeliveryWithTries {
  readonly delivery: WebhookDelivery & { eventType: string };
  /** Oldest first. */
  readonly tries: (typeof webhookTries.$inferSelect)[];
}

/** One delivery with every try of it. @throws NotFound */
export async function getDelivery(ctx: Context, id: string): Promise<DeliveryWithTries> {
  return ctx.transaction((tx) => readDelivery(tx, id));
}

/** @throws NotFound */
export async function readDelivery(tx: Tx, id: string): Promise<DeliveryWithTries> {
  const [[delivery], tries] = await Promise.all([
    tx.db
      .select({ ...getTableColumns(webhookDeliveries), eventType: events.type })
      .from(webhookDeliveries)
      .innerJoin(
        events,
        and(eq(events.merchantId, webhookDeliveries.merchantId), eq(events.id, webhookDeliveries.eventId)),
      )
      .where(
        and(
          eq(webhookDeliveries.merchantId, tx.merchantId),
          eq(webhookDeliveries.livemode, tx.livemode),
          eq(webhookDeliveries.id, id),
        ),
      ),
    tx.db
      .select()
      .from(webhookTries)
      .where(and(eq(webhookTries.merchantId, tx.merchantId), eq(webhookTries.deliveryId, id)))
      .orderBy(asc(webhookTries.number)),
  ]);
  if (!delivery) throw new NotFound("webhook_delivery");
  return { delivery, tries };
}
