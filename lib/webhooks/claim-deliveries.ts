import { and, eq, sql } from "drizzle-orm";
import { webhookEndpoints } from "#db/schema/events";
import { command, statement } from "#db/statement";
import type { Context, Tx } from "#db/tenancy";
import { type EventJson, eventJson } from "./schemas.ts";
import type { WebhookEndpoint } from "./store.ts";

/** How long a worker has for its batch before the sweep may take it for dead; several times the longest try. */
export const claimMs = 60_000;

/** A job may start this much before our clock says so: it is the database's clock that starts it. */
export const clockSlackMs = 5_000;

export interface ClaimedDelivery {
  readonly id: string;
  readonly triesMade: number;
  readonly event: EventJson;
}

export interface Claim {
  readonly endpoint: WebhookEndpoint;
  readonly deliveries: readonly ClaimedDelivery[];
}

interface ClaimedRow extends Record<string, unknown> {
  readonly id: string;
  readonly try_count: number;
  readonly event_id: string;
  readonly type: string;
  readonly sequence: string;
  readonly request_id: string | null;
  readonly created_at: string;
  readonly data: Record<string, unknown>;
}

/**
 * Takes those deliveries that are due and in nobody else's hands, so that a job that runs twice sends nothing twice.
 * What goes to an endpoint that is switched off or deleted is given up here.
 *
 * @returns undefined when nothing is to be sent
 */
export async function claimDeliveries(
  ctx: Context,
  endpointId: string,
  deliveryIds: readonly string[],
): Promise<Claim | undefined> {
  return ctx.transaction(async (tx) => {
    const [[endpoint], rows] = await Promise.all([
      selectEndpoint(tx, { merchantId: tx.merchantId, id: endpointId }),
      claim(tx, [
        tx.merchantId,
        tx.livemode,
        endpointId,
        JSON.stringify(deliveryIds),
        later(tx.now, clockSlackMs),
        later(tx.now, claimMs),
      ]),
    ]);
    if (!endpoint || rows.length === 0) return undefined;
    if (endpoint.status === "disabled" || endpoint.deletedAt) {
      await giveUp(
        tx,
        rows.map((row) => row.id),
      );
      return undefined;
    }
    return { endpoint, deliveries: rows.map((row) => claimed(row, tx.livemode)) };
  });
}

const claim = command<ClaimedRow>(`
  with mine as materialized (
    select id from webhook_deliveries
    where merchant_id = $1 and livemode = $2 and endpoint_id = $3
      and id in (select json_array_elements_text($4::json))
      and status = 'pending' and coalesce(next_try_at, 'infinity') <= $5::timestamptz
    order by id for update skip locked
  )
  update webhook_deliveries d set next_try_at = $6::timestamptz
  from mine, events e
  where d.merchant_id = $1 and d.id = mine.id and e.merchant_id = d.merchant_id and e.id = d.event_id
  returning d.id, d.try_count, e.id as event_id, e.type, e.sequence, e.request_id, e.created_at, e.data`);

const selectEndpoint = statement((db, value: { merchantId: string; id: string }) =>
  db
    .select()
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.merchantId, value.merchantId), eq(webhookEndpoints.id, value.id))),
);

async function giveUp(tx: Tx, deliveryIds: readonly string[]): Promise<void> {
  await tx.db.execute(sql`
    update webhook_deliveries set status = 'failed', next_try_at = null, error = 'endpoint_disabled'
    where merchant_id = ${tx.merchantId} and status = 'pending'
      and id in (select json_array_elements_text(${JSON.stringify(deliveryIds)}::json))`);
}

function claimed(row: ClaimedRow, livemode: boolean): ClaimedDelivery {
  const event = {
    id: row.event_id,
    type: row.type,
    livemode,
    sequence: Number(row.sequence),
    requestId: row.request_id,
    createdAt: new Date(row.created_at),
    data: row.data,
  };
  return { id: row.id, triesMade: row.try_count, event: eventJson(event) };
}

function later(from: Date, ms: number): string {
  return new Date(from.getTime() + ms).toISOString();
}
