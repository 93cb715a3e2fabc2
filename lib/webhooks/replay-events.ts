import { and, asc, between, eq, gte, inArray, isNotNull, lt, lte, ne, or, type SQL } from "drizzle-orm";
import { events } from "#db/schema/events";
import type { Context, Tx } from "#db/tenancy";
import { recordAudit } from "#lib/audit/record";
import { newId } from "#lib/kernel/ids";
import { ReplayRangeInvalid, ReplayTooLarge, WebhookEndpointDisabled } from "./errors.ts";
import { queueDeliveries } from "./queue-deliveries.ts";
import { loadEndpoint, type WebhookEndpoint } from "./store.ts";

/** Ends included. */
export type ReplayRange =
  | { readonly fromSequence: number; readonly toSequence: number }
  | { readonly from: Date; readonly to: Date };

export const maxReplayedEvents = 10_000;
const deliveriesPerStatement = 1_000;

/**
 * Sends the events of a range to one endpoint again, those that it is subscribed to, each as a new delivery. All or
 * nothing: a range that holds too many is refused with nothing sent.
 *
 * @returns how many deliveries were queued
 * @throws NotFound, WebhookEndpointDisabled, ReplayRangeInvalid, ReplayTooLarge
 */
export async function replayEvents(ctx: Context, endpointId: string, range: ReplayRange): Promise<number> {
  return ctx.transaction(async (tx) => {
    const found = await findReplayed(tx, endpointId, range);
    for (let start = 0; start < found.length; start += deliveriesPerStatement) {
      const part = found.slice(start, start + deliveriesPerStatement);
      await queueDeliveries(
        tx,
        part.map((event) => ({ eventId: event.id, endpointId })),
        "replay",
      );
    }
    await recordAudit(tx, "webhook_endpoint.replay", endpointId, { ...readable(range), deliveries: found.length });
    return found.length;
  });
}

/** How many deliveries a replay of the range would queue now; refuses what the replay would refuse. */
export async function countReplay(ctx: Context, endpointId: string, range: ReplayRange): Promise<number> {
  return ctx.transaction(async (tx) => (await findReplayed(tx, endpointId, range)).length);
}

async function findReplayed(tx: Tx, endpointId: string, range: ReplayRange): Promise<{ id: string }[]> {
  const isBackwards = "from" in range ? range.from > range.to : range.fromSequence > range.toSequence;
  if (isBackwards) throw new ReplayRangeInvalid();
  const endpoint = await loadEndpoint(tx, endpointId, { param: "endpoint" });
  if (endpoint.status === "disabled") throw new WebhookEndpointDisabled();
  const found = await tx.db
    .select({ id: events.id })
    .from(events)
    .where(
      and(
        eq(events.merchantId, tx.merchantId),
        eq(events.livemode, tx.livemode),
        within(tx, range),
        subscribed(endpoint),
      ),
    )
    // By the index that finds the range, or a range of an hour would read the whole book.
    .orderBy(asc("from" in range ? events.id : events.sequence))
    .limit(maxReplayedEvents + 1);
  if (found.length > maxReplayedEvents) throw new ReplayTooLarge(maxReplayedEvents);
  return found;
}

function within(tx: Tx, range: ReplayRange): SQL | undefined {
  if ("fromSequence" in range) return between(events.sequence, range.fromSequence, range.toSequence);
  return and(
    // An event's id begins with the time of its row, so the primary key finds the range.
    gte(events.id, firstIdAt(tx, range.from.getTime())),
    lt(events.id, firstIdAt(tx, range.to.getTime() + 1)),
    gte(events.createdAt, range.from),
    lte(events.createdAt, range.to),
    // What has no number yet is on its way by itself.
    isNotNull(events.sequence),
  );
}

/** The smallest id that an event of this millisecond may have. */
function firstIdAt(tx: Tx, atMs: number): string {
  const randomLength = 10;
  return newId("event", tx.merchantId, atMs).slice(0, -randomLength);
}

function subscribed(endpoint: WebhookEndpoint): SQL | undefined {
  const isOwnTest = and(eq(events.type, "webhook.test"), eq(events.objectId, endpoint.id));
  if (endpoint.eventTypes.includes("*")) return or(ne(events.type, "webhook.test"), isOwnTest);
  return or(and(inArray(events.type, endpoint.eventTypes), ne(events.type, "webhook.test")), isOwnTest);
}

function readable(range: ReplayRange): Record<string, unknown> {
  return "from" in range ? { from: range.from.toISOString(), to: range.to.toISOString() } : range;
}
