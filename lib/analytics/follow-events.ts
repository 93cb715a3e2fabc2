import { and, asc, eq, gt, sql } from "drizzle-orm";
import { eventCursors } from "#db/schema/analytics";
import { events } from "#db/schema/events";
import type { Context, Tx } from "#db/tenancy";
import { concernsCases, followCases } from "#lib/error-cases/follow-cases";
import { defineJob } from "#lib/jobs/job";
import { timeOfId } from "#lib/kernel/ids";
import { indexOrders } from "#lib/search/index-orders";
import { quarterOf } from "./quarters.ts";
import { recountAll } from "./recount.ts";

/** Many, because a busy quarter is counted once a batch, however many events touched it. */
const defaultBatchSize = 20_000;
const ordersAtOnce = 1_000;
/** A run ends after this; what is left waits for the next, so that no merchant keeps a worker to itself. */
const longestRunMs = 20_000;
/** Counting takes at most a twentieth of the time: a quarter that takes a second to count waits twenty. */
const restFactor = 20;
const longestRestMs = 120_000;

/** Keeps the overview's numbers and the search up to date with what happened; never on the way of a payment. */
export const followEventsJob = defineJob<Record<never, string>>("follow_events", async (ctx) => {
  await followEvents(ctx);
});

/**
 * Counts and indexes whatever the events since the last time touched. Events are numbered after their commit, without
 * gaps, so a fact that was committed late is met late but never missed.
 *
 * @returns how many events were followed
 */
export async function followEvents(ctx: Context, batchSize = defaultBatchSize): Promise<number> {
  const startedMs = performance.now();
  let total = 0;
  for (;;) {
    const followed = await ctx.transaction((tx) => followBatch(tx, batchSize));
    total += followed;
    if (followed < batchSize || performance.now() - startedMs > longestRunMs) return total;
  }
}

async function followBatch(tx: Tx, batchSize: number): Promise<number> {
  const startedMs = performance.now();
  const { merchantId, livemode } = tx;
  // Two runs at once would each miss what the other has not committed, and the later would win.
  const [lock] = await tx.db.execute<{ taken: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`follow:${merchantId}:${livemode}`}, 0)) as taken`,
  );
  if (!lock?.taken) return 0;
  await allowTime(tx);

  const [cursor] = await tx.db
    .select({ sequence: eventCursors.sequence })
    .from(eventCursors)
    .where(and(eq(eventCursors.merchantId, merchantId), eq(eventCursors.livemode, livemode)));
  const batch = await tx.db
    .select({
      id: events.id,
      type: events.type,
      orderId: events.orderId,
      objectId: events.objectId,
      attemptId: sql<
        string | null
      >`coalesce(${events.data} -> 'attempt' ->> 'id', ${events.data} ->> 'attempt', ${events.data} ->> 'latest_attempt')`,
      sequence: events.sequence,
    })
    .from(events)
    .where(
      and(eq(events.merchantId, merchantId), eq(events.livemode, livemode), gt(events.sequence, cursor?.sequence ?? 0)),
    )
    .orderBy(asc(events.sequence))
    .limit(batchSize);
  const last = batch.at(-1)?.sequence;
  if (!last) return 0;

  await recountAll(tx, touchedQuarters(batch));
  const orderIds = [...new Set(batch.flatMap(({ orderId }) => orderId ?? []))].sort();
  for (let start = 0; start < orderIds.length; start += ordersAtOnce) {
    await indexOrders(tx, orderIds.slice(start, start + ordersAtOnce));
  }
  await followCases(
    tx,
    batch.flatMap(({ id, type }) => (concernsCases(type) ? id : [])),
  );
  const restMs = Math.min(longestRestMs, (performance.now() - startedMs) * restFactor);
  const next = { sequence: last, countedAt: tx.now, nextAt: new Date(tx.now.getTime() + restMs) };
  await tx.db
    .insert(eventCursors)
    .values({ merchantId, livemode, ...next })
    .onConflictDoUpdate({ target: [eventCursors.merchantId, eventCursors.livemode], set: next });
  return batch.length;
}

/** A quarter of a merchant with hundreds of payments a second takes longer to count than a request may take. */
async function allowTime(tx: Tx): Promise<void> {
  await tx.db.execute(sql`
    select set_config(name, '2min', true) from pg_settings where name in ('statement_timeout', 'transaction_timeout')`);
}

interface Touching {
  readonly id: string;
  readonly objectId: string;
  readonly attemptId: string | null;
}

/**
 * The quarters that events touch: an event is made in the transaction of its ledger posting or its order, at the same
 * moment; an attempt counts in the quarter in which it began.
 */
export function touchedQuarters(batch: readonly Touching[]): number[] {
  const touched = new Set<number>();
  for (const { id, objectId, attemptId } of batch) {
    for (const made of [id, objectId, attemptId]) {
      const atMs = made === null ? undefined : timeOfId(made);
      if (atMs !== undefined) touched.add(quarterOf(atMs));
    }
  }
  return [...touched].sort((a, b) => a - b);
}
