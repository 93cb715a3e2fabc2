import { events } from "#db/schema/events";
import { rowOf, statement } from "#db/statement";
import type { Tx } from "#db/tenancy";
import { newId } from "#lib/kernel/ids";
import type { EventType } from "#lib/webhooks/event-types";
import { wakeOutbox } from "#lib/webhooks/wake";

export interface EventInput {
  readonly objectId: string;
  readonly orderId?: string;
  /** The object as the API shows it now. */
  readonly data: Record<string, unknown>;
}

const insertEvent = statement((db, value: typeof events.$inferSelect) =>
  db.insert(events).values(rowOf(events, value)),
);

/** Puts an event into the outbox, in the transaction of the change that it tells of. */
export async function emit(tx: Tx, type: EventType, input: EventInput): Promise<void> {
  const inserted = insertEvent(tx, {
    merchantId: tx.merchantId,
    id: newId("event", tx.merchantId, tx.now.getTime()),
    livemode: tx.livemode,
    type,
    objectId: input.objectId,
    orderId: input.orderId ?? null,
    data: input.data,
    sequence: null,
    requestId: tx.ctx.requestId,
    createdAt: tx.now,
  });
  tx.send(inserted);
  tx.afterCommit(wakeOutbox);
}
