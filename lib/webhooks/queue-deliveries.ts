import { command } from "#db/statement";
import type { Tx } from "#db/tenancy";
import { newId } from "#lib/kernel/ids";
import { type DeliverWebhooks, deliverWebhooks } from "./deliver-webhooks.ts";

export interface NewDelivery {
  readonly eventId: string;
  readonly endpointId: string;
}

/** Deliveries that one job sends: their bookkeeping is shared, and a job holds a worker for one timeout at most. */
export const deliveriesPerJob = 25;

// One parameter for all rows: the statement is the same for any number, so it is planned once a connection.
const insertDeliveries = command(`
  insert into webhook_deliveries (merchant_id, id, livemode, event_id, endpoint_id, cause, status, next_try_at, created_at)
  select $1, id, $2, event_id, endpoint_id, $3, 'pending', $4::timestamptz, $4::timestamptz
  from json_to_recordset($5::json) as row (id text, event_id text, endpoint_id text)`);

/**
 * Writes deliveries of this merchant and mode, and the jobs that send them.
 *
 * @returns the ids, in the order given
 */
export async function queueDeliveries(
  tx: Tx,
  deliveries: readonly NewDelivery[],
  cause: "event" | "resend" | "replay",
): Promise<string[]> {
  if (deliveries.length === 0) return [];
  const rows = deliveries.map(({ eventId, endpointId }) => ({
    id: newId("webhookDelivery", tx.merchantId, tx.now.getTime()),
    event_id: eventId,
    endpoint_id: endpointId,
  }));
  const now = tx.now.toISOString();
  await insertDeliveries(tx, [tx.merchantId, tx.livemode, cause, now, JSON.stringify(rows)]);
  await deliverWebhooks.enqueueMany(tx, deliveryJobs(rows.map((row) => ({ id: row.id, endpointId: row.endpoint_id }))));
  return rows.map((row) => row.id);
}

/** Jobs that send these deliveries, each of one endpoint and at most `deliveriesPerJob`. */
export function deliveryJobs(deliveries: readonly { id: string; endpointId: string }[]): DeliverWebhooks[] {
  const byEndpoint = Map.groupBy(deliveries, (delivery) => delivery.endpointId);
  return [...byEndpoint].flatMap(([endpointId, own]) => {
    const jobs: DeliverWebhooks[] = [];
    for (let start = 0; start < own.length; start += deliveriesPerJob) {
      const ids = own.slice(start, start + deliveriesPerJob).map((delivery) => delivery.id);
      jobs.push({ endpointId, deliveryIds: ids.join(",") });
    }
    return jobs;
  });
}
