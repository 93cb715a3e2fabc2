import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "#db/client";
import { webhookEndpoints } from "#db/schema/events";
import { command, statement } from "#db/statement";
import { appDatabase, openContext } from "#db/tenancy";
import { newRequestId } from "#lib/jobs/job";
import { type Clock, systemClock } from "#lib/kernel/clock";
import { queueDeliveries } from "./queue-deliveries.ts";

const eventsPerTransaction = 500;
const merchantsPerRound = 200;
const merchantsAtOnce = 4;

interface NumberedEvent extends Record<string, unknown> {
  readonly id: string;
  readonly livemode: boolean;
  readonly type: string;
  readonly object_id: string;
}

type Receiver = Pick<typeof webhookEndpoints.$inferSelect, "id" | "livemode" | "eventTypes">;

/**
 * Gives each new event its sequence number and queues it to the endpoints that want it, until the outbox is empty.
 * Numbers are 1, 2, 3 … per merchant and mode, without gaps, however many processes drain and whenever one dies.
 *
 * @returns how many events were numbered by this call
 */
export async function drainOutbox(database: Database = appDatabase(), clock: Clock = systemClock): Promise<number> {
  let total = 0;
  for (;;) {
    const waiting = await database.execute<{ merchant_id: string }>(
      sql`select merchant_id from internal.outbox_pending(${merchantsPerRound})`,
    );
    const merchantIds = waiting.map((row) => row.merchant_id);
    let drained = 0;
    for (let start = 0; start < merchantIds.length; start += merchantsAtOnce) {
      const group = merchantIds.slice(start, start + merchantsAtOnce);
      const counts = await Promise.all(group.map((merchantId) => drainMerchant(database, clock, merchantId)));
      drained += counts.reduce((sum, count) => sum + count, 0);
    }
    // Nothing left, or what is left is in another process's hands, which will look again itself.
    if (drained === 0) return total;
    total += drained;
  }
}

async function drainMerchant(database: Database, clock: Clock, merchantId: string): Promise<number> {
  const actor = { type: "system", id: "drain_outbox" } as const;
  const ctx = openContext({
    merchantId,
    livemode: false,
    actor,
    requestId: newRequestId(merchantId),
    clock,
    db: database,
  });
  return ctx.transaction(async (tx) => {
    // In a statement of its own: numbering must see everything that the holder before us has committed.
    const [lock] = await lockOutbox(tx, [`outbox:${merchantId}`]);
    if (!lock?.taken) return 0;
    const [numbered, receivers] = await Promise.all([
      numberEvents(tx, [merchantId, eventsPerTransaction]),
      selectReceivers(tx, { merchantId }),
    ]);
    for (const livemode of [true, false]) {
      const deliveries = numbered
        .filter((event) => event.livemode === livemode)
        .flatMap((event) =>
          receivers
            .filter((receiver) => receiver.livemode === livemode && wants(receiver, event))
            .map((receiver) => ({ eventId: event.id, endpointId: receiver.id })),
        );
      await queueDeliveries({ ...tx, livemode }, deliveries, "event");
    }
    return numbered.length;
  });
}

const lockOutbox = command<{ taken: boolean }>("select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as taken");

const numberEvents = command<NumberedEvent>(`
  with batch as materialized (
    select id, livemode, row_number() over (partition by livemode order by id) as position
    from (
      select id, livemode from events where merchant_id = $1 and sequence is null
      order by id limit $2
    ) as oldest
  ), counted as (
    insert into event_sequences as s (merchant_id, livemode, last)
    select $1, livemode, count(*) from batch group by livemode order by livemode
    on conflict (merchant_id, livemode) do update set last = s.last + excluded.last
    returning s.livemode, s.last
  ), starts as materialized (
    select livemode, last - (select count(*) from batch where batch.livemode = counted.livemode) as before from counted
  ), numbered as (
    update events set sequence = starts.before + batch.position
    from batch join starts using (livemode)
    where events.merchant_id = $1 and events.id = batch.id
    returning events.id, events.livemode, events.type, events.object_id, events.sequence
  )
  select id, livemode, type, object_id from numbered order by livemode, sequence`);

const selectReceivers = statement((db, value: { merchantId: string }) => {
  const { merchantId, id, livemode, eventTypes, status, deletedAt } = webhookEndpoints;
  return db
    .select({ id, livemode, eventTypes })
    .from(webhookEndpoints)
    .where(and(eq(merchantId, value.merchantId), eq(status, "enabled"), isNull(deletedAt)));
});

function wants(receiver: Receiver, event: NumberedEvent): boolean {
  // A test event is about one endpoint, and goes there whatever that endpoint is subscribed to.
  if (event.type === "webhook.test") return event.object_id === receiver.id;
  return receiver.eventTypes.includes("*") || receiver.eventTypes.includes(event.type);
}
