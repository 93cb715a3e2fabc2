import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "#db/client";
import { webhookEndpoints } from "#db/schema/events";
import { appDatabase, openContext, type Tx } from "#db/tenancy";
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
    const [lock] = await tx.db.execute<{ taken: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended(${`outbox:${merchantId}`}, 0)) as taken`,
    );
    if (!lock?.taken) return 0;
    const [numbered, receivers] = await Promise.all([numberEvents(tx), loadReceivers(tx)]);
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

async function numberEvents(tx: Tx): Promise<readonly NumberedEvent[]> {
  return tx.db.execute<NumberedEvent>(sql`
    with batch as materialized (
      select id, livemode, row_number() over (partition by livemode order by id) as position
      from (
        select id, livemode from events where merchant_id = ${tx.merchantId} and sequence is null
        order by id limit ${eventsPerTransaction}
      ) as oldest
    ), counted as (
      insert into event_sequences as s (merchant_id, livemode, last)
      select ${tx.merchantId}, livemode, count(*) from batch group by livemode order by livemode
      on conflict (merchant_id, livemode) do update set last = s.last + excluded.last
      returning s.livemode, s.last
    ), starts as materialized (
      select livemode, last - (select count(*) from batch where batch.livemode = counted.livemode) as before from counted
    ), numbered as (
      update events set sequence = starts.before + batch.position
      from batch join starts using (livemode)
      where events.merchant_id = ${tx.merchantId} and events.id = batch.id
      returning events.id, events.livemode, events.type, events.object_id, events.sequence
    )
    select id, livemode, type, object_id from numbered order by livemode, sequence`);
}

function loadReceivers(tx: Tx): Promise<Receiver[]> {
  const { id, livemode, eventTypes } = webhookEndpoints;
  return tx.db
    .select({ id, livemode, eventTypes })
    .from(webhookEndpoints)
    .where(
      and(
        eq(webhookEndpoints.merchantId, tx.merchantId),
        eq(webhookEndpoints.status, "enabled"),
        isNull(webhookEndpoints.deletedAt),
      ),
    );
}

function wants(receiver: Receiver, event: NumberedEvent): boolean {
  // A test event is about one endpoint, and goes there whatever that endpoint is subscribed to.
  if (event.type === "webhook.test") return event.object_id === receiver.id;
  return receiver.eventTypes.includes("*") || receiver.eventTypes.includes(event.type);
}
