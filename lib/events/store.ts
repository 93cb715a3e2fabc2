import { and, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import { events } from "#db/schema/events";
import type { Tx } from "#db/tenancy";
import { NotFound } from "#lib/kernel/errors";

export type EventRow = typeof events.$inferSelect;

export interface EventFilter {
  readonly limit: number;
  readonly startingAfter?: string | undefined;
  readonly type?: string | undefined;
  readonly objectId?: string | undefined;
}

/** A rare type's index is one of what is not common, and PostgreSQL must see that without a parameter. */
export function isOfType(type: string): SQL | undefined {
  const isCommon = type === "order.created" || type === "order.paid";
  return and(eq(events.type, type), isCommon ? undefined : sql`${events.type} not in ('order.created', 'order.paid')`);
}

/** Newest first, one more than asked. */
export async function listEvents(tx: Tx, filter: EventFilter): Promise<EventRow[]> {
  return tx.db
    .select()
    .from(events)
    .where(
      and(
        eq(events.merchantId, tx.merchantId),
        eq(events.livemode, tx.livemode),
        filter.startingAfter ? lt(events.id, filter.startingAfter) : undefined,
        filter.type ? isOfType(filter.type) : undefined,
        filter.objectId ? eq(events.objectId, filter.objectId) : undefined,
      ),
    )
    .orderBy(desc(events.id))
    .limit(filter.limit + 1);
}

/** @throws NotFound */
export async function getEvent(tx: Tx, id: string): Promise<EventRow> {
  const [row] = await tx.db
    .select()
    .from(events)
    .where(and(eq(events.merchantId, tx.merchantId), eq(events.livemode, tx.livemode), eq(events.id, id)));
  if (!row) throw new NotFound("event");
  return row;
}
