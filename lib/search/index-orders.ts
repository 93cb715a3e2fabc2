import { sql } from "drizzle-orm";
import type { Context, Tx } from "#db/tenancy";

const ordersAtOnce = 1_000;

/** Brings the search up to this moment: the orders of events that `follow_events` has not come to yet. */
export async function indexNewestOrders(ctx: Context): Promise<void> {
  let after = "";
  for (;;) {
    const last = await ctx.transaction(async (tx) => {
      const ids = await newestOrders(tx, after);
      await indexOrders(tx, ids);
      return ids.at(-1);
    });
    if (last === undefined) return;
    after = last;
  }
}

async function newestOrders(tx: Tx, after: string): Promise<string[]> {
  const own = sql`e.merchant_id = ${tx.merchantId} and e.livemode = ${tx.livemode} and e.order_id > ${after}`;
  const rows = await tx.db.execute<{ order_id: string }>(sql`
    select e.order_id from events e where ${own} and e.sequence is null
    union
    select e.order_id from events e where ${own} and e.sequence > coalesce(
      (select c.sequence from event_cursors c where c.merchant_id = ${tx.merchantId} and c.livemode = ${tx.livemode}), 0)
    order by order_id limit ${ordersAtOnce}`);
  return rows.map(({ order_id }) => order_id);
}

/**
 * Brings what is searched by up to date for these orders: their facts, and every number, reference and address that
 * leads to them. Reads the rows as they are now, so doing it twice, or late, does no harm.
 */
export async function indexOrders(tx: Tx, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return;
  const { merchantId, livemode } = tx;
  const ids = sql`(select value from json_array_elements_text(${JSON.stringify(orderIds)}::json))`;
  await tx.db.execute(sql`
    insert into order_facts as f (merchant_id, livemode, order_id, amount, currency, method, channel)
    select o.merchant_id, o.livemode, o.id, o.amount, o.currency, coalesce(a.method, ''), coalesce(a.channel, '')
    from orders o left join attempts a on a.merchant_id = ${merchantId} and a.id = o.latest_attempt_id
    where o.merchant_id = ${merchantId} and o.livemode = ${livemode} and o.id in ${ids}
    order by o.id
    on conflict (merchant_id, livemode, order_id) do update set method = excluded.method, channel = excluded.channel
    where f.method <> excluded.method or f.channel <> excluded.channel`);
  await tx.db.execute(sql`
    insert into search_terms (merchant_id, livemode, term, kind, object_id, order_id)
    select distinct on (term, kind, object_id) ${merchantId}, ${livemode}, left(lower(term), 200), kind, object_id, order_id
    from (
      select o.id as order_id, t.term, t.kind, o.id as object_id
      from orders o cross join lateral (values
        (o.merchant_order_no, 'order_no'), (o.customer ->> 'email', 'email'), (o.customer ->> 'phone', 'phone'),
        (o.customer ->> 'id', 'customer')
      ) as t(term, kind)
      where o.merchant_id = ${merchantId} and o.livemode = ${livemode} and o.id in ${ids}
      union all
      select order_id, provider_reference, 'payment_reference', id from attempts
      where merchant_id = ${merchantId} and livemode = ${livemode} and order_id in ${ids}
      union all
      select r.order_id, t.term, t.kind, r.id
      from refunds r cross join lateral (values
        (r.merchant_refund_no, 'refund_no'), (r.provider_reference, 'refund_reference')
      ) as t(term, kind)
      where r.merchant_id = ${merchantId} and r.livemode = ${livemode} and r.order_id in ${ids}
    ) as found
    where term <> ''
    order by term, kind, object_id
    on conflict do nothing`);
}
