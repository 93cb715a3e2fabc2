import { sql } from "drizzle-orm";
import type { Database } from "#db/client";
import { appDatabase, openContext } from "#db/tenancy";
import { newRequestId } from "#lib/jobs/job";
import { type Clock, systemClock } from "#lib/kernel/clock";
import { atTestTime } from "#lib/test-clock/at-test-time";
import { deliverWebhooks } from "./deliver-webhooks.ts";
import { deliveryJobs } from "./queue-deliveries.ts";

const overdueMs = 2 * 60_000;
const deliveriesPerSweep = 1_000;

/**
 * Queues again what should have been sent two minutes ago: its worker died with it, or its job was lost. Being queued
 * again makes a delivery due now, so that the next sweep leaves it alone for another two minutes.
 *
 * @returns how many deliveries were queued again
 */
export async function sweepDeliveries(database: Database = appDatabase(), clock: Clock = systemClock): Promise<number> {
  const before = new Date(clock.now().getTime() - overdueMs).toISOString();
  const due = await database.execute<{ merchant_id: string; id: string; livemode: boolean }>(
    sql`select merchant_id, id, livemode from internal.due_deliveries(${before}::timestamptz, ${deliveriesPerSweep})`,
  );
  const scopes = Map.groupBy(due, (row) => `${row.merchant_id} ${row.livemode}`);
  let total = 0;
  for (const [first, ...rest] of [...scopes.values()].map((rows) => rows as [(typeof due)[number], ...typeof due])) {
    const { merchant_id: merchantId, livemode } = first;
    const ids = [first, ...rest].map((row) => row.id);
    const actor = { type: "system", id: "sweep_deliveries" } as const;
    const ctx = await atTestTime(
      openContext({ merchantId, livemode, actor, requestId: newRequestId(merchantId), clock, db: database }),
    );
    total += await ctx.transaction(async (tx) => {
      const isOverdue = new Date(tx.now.getTime() - overdueMs).toISOString();
      const found = await tx.db.execute<{ id: string; endpoint_id: string }>(sql`
        update webhook_deliveries set next_try_at = ${tx.now.toISOString()}::timestamptz
        where merchant_id = ${merchantId} and livemode = ${livemode} and status = 'pending'
          and coalesce(next_try_at, 'infinity') <= ${isOverdue}::timestamptz
          and id in (select json_array_elements_text(${JSON.stringify(ids)}::json))
        returning id, endpoint_id`);
      const jobs = deliveryJobs(found.map((row) => ({ id: row.id, endpointId: row.endpoint_id })));
      await deliverWebhooks.enqueueMany(tx, jobs);
      return found.length;
    });
  }
  return total;
}
