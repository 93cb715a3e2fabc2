import { and, desc, eq, getTableColumns, isNotNull, lt } from "drizzle-orm";
import { events, webhookDeliveries } from "#db/schema/events";
import type { Context } from "#db/tenancy";
import { isOfType } from "#lib/events/store";
import type { EventType } from "./event-types.ts";
import type { WebhookDelivery } from "./store.ts";

export interface ListDeliveries {
  readonly limit: number;
  /** The last id of the page before. */
  readonly startingAfter?: string | undefined;
  readonly endpointId?: string | undefined;
  readonly eventId?: string | undefined;
  readonly status?: WebhookDelivery["status"] | undefined;
  readonly eventType?: EventType | undefined;
}

export interface DeliveryPage {
  readonly deliveries: (WebhookDelivery & { eventType: string })[];
  readonly hasMore: boolean;
}

/** Deliveries of this merchant and mode, newest first. Ids sort by time, so the cursor is simply the last one. */
export async function listDeliveries(ctx: Context, input: ListDeliveries): Promise<DeliveryPage> {
  return ctx.transaction(async (tx) => {
    const found = await tx.db
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
          input.startingAfter === undefined ? undefined : lt(webhookDeliveries.id, input.startingAfter),
          input.endpointId === undefined ? undefined : eq(webhookDeliveries.endpointId, input.endpointId),
          input.eventId === undefined ? undefined : eq(webhookDeliveries.eventId, input.eventId),
          input.status === undefined ? undefined : eq(webhookDeliveries.status, input.status),
          // Every one that waits has its time, and the sweep's small index leads to them.
          input.status === "pending" ? isNotNull(webhookDeliveries.nextTryAt) : undefined,
          input.eventType === undefined ? undefined : isOfType(input.eventType),
        ),
      )
      .orderBy(desc(webhookDeliveries.id))
      .limit(input.limit + 1);
    return { deliveries: found.slice(0, input.limit), hasMore: found.length > input.limit };
  });
}
