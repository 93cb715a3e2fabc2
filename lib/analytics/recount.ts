import { and, eq, inArray, sql } from "drizzle-orm";
import { rollups } from "#db/schema/analytics";
import type { Context, Tx } from "#db/tenancy";
import { idsFrom } from "#lib/kernel/ids";
import { quarterMs, quarterOf } from "./quarters.ts";

/** Quarters of one statement: sparse history is counted quickly, and the statement stays small. */
const quartersAtOnce = 100;

/**
 * Counts quarters of an hour anew from orders, attempts and the ledger, whatever was counted before: doing it twice, or
 * in another order, changes nothing. Ids begin with their time, so a quarter is a range of each primary key.
 *
 * @param quarters begins of quarters, milliseconds; at most a hundred
 */
export async function recount(tx: Tx, quarters: readonly number[]): Promise<void> {
  if (quarters.length === 0) return;
  if (quarters.length > quartersAtOnce) throw new RangeError(`too many quarters at once: ${quarters.length}`);
  const { merchantId, livemode } = tx;
  await readByKey(tx);
  await tx.db.delete(rollups).where(
    and(
      eq(rollups.merchantId, merchantId),
      eq(rollups.livemode, livemode),
      inArray(
        rollups.at,
        quarters.map((at) => new Date(at)),
      ),
    ),
  );
  const ranges = JSON.stringify(quarters.map((at) => idRanges(merchantId, at)));
  await tx.db.execute(sql`
    with quarter as materialized (
      select * from json_to_recordset(${ranges}::json) as q(at timestamptz, order_from text, order_to text,
        attempt_from text, attempt_to text, txn_from text, txn_to text)
    ), booked as materialized (
      select q.at, x.id, x.kind, x.order_id, split_part(x.reference, ':', 2) as fact_id
      from quarter q cross join lateral (
        select id, kind, order_id, reference from ledger_transactions
        where merchant_id = ${merchantId} and livemode = ${livemode} and id >= q.txn_from and id < q.txn_to
          and kind in ('payment_succeeded', 'refund_accepted', 'refund_failed', 'refund_bounced')
      ) x
    ), paid_by as materialized (
      select b.*, case when b.kind = 'payment_succeeded' then b.fact_id else r.attempt_id end as attempt_id
      from booked b left join refunds r on r.merchant_id = ${merchantId} and r.id = b.fact_id
    ), attempted as materialized (
      select q.at, x.* from quarter q cross join lateral (
        select order_id, currency, method, channel, details, status from attempts
        where merchant_id = ${merchantId} and id >= q.attempt_from and id < q.attempt_to and livemode = ${livemode}
          and status in ('authorized', 'succeeded', 'failed')
      ) x
    ), moved as (
      select p.id, p.at, p.kind, p.attempt_id, p.order_id, t.currency, sum(t.amount) as total,
        coalesce(sum(t.amount) filter (where c.code = 'fee_income'), 0) as fee_taken,
        coalesce(sum(t.amount) filter (where d.code = 'fee_income'), 0) as fee_given,
        coalesce(sum(t.amount) filter (where d.code in ${own} and c.code = 'refund_in_transit'), 0) as refunded,
        coalesce(sum(t.amount) filter (where c.code in ${own} and d.code <> 'fee_income'), 0) as put_back
      from paid_by p
      join ledger_transfers t on t.merchant_id = ${merchantId} and t.transaction_id = p.id
      join ledger_accounts d on d.merchant_id = ${merchantId} and d.id = t.debit_account_id
      join ledger_accounts c on c.merchant_id = ${merchantId} and c.id = t.credit_account_id
      group by 1, 2, 3, 4, 5, 6
    ), fact as (
      select q.at, o.currency, '' as method, '' as channel, o.customer ->> 'country' as country, 1 as orders_created,
        0 as payments, 0 as gross, 0 as fees, 0 as refunds, 0 as refunded, 0 as fees_returned, 0 as succeeded, 0 as failed
      from quarter q cross join lateral (
        select currency, customer from orders
        where merchant_id = ${merchantId} and livemode = ${livemode} and id >= q.order_from and id < q.order_to
      ) o
      union all
      select a.at, a.currency, a.method, a.channel, coalesce(a.details ->> 'country', o.customer ->> 'country'), 0, 0, 0, 0, 0, 0, 0,
        case when a.status = 'failed' then 0 else 1 end, case when a.status = 'failed' then 1 else 0 end
      from attempted a
      join orders o on o.merchant_id = ${merchantId} and o.id = a.order_id
      union all
      select m.at, m.currency, a.method, a.channel, coalesce(a.details ->> 'country', o.customer ->> 'country'), 0,
        case when m.kind = 'payment_succeeded' then 1 else 0 end,
        case when m.kind = 'payment_succeeded' then m.total else 0 end,
        case when m.kind = 'payment_succeeded' then m.fee_taken else 0 end,
        case when m.kind = 'refund_accepted' and m.refunded > 0 then 1
          when m.kind in ('refund_failed', 'refund_bounced') and m.put_back > 0 then -1 else 0 end,
        case when m.kind = 'refund_accepted' then m.refunded when m.kind = 'payment_succeeded' then 0 else -m.put_back end,
        case when m.kind = 'refund_accepted' then m.fee_given when m.kind = 'payment_succeeded' then 0 else -m.fee_taken end,
        0, 0
      from moved m
      join attempts a on a.merchant_id = ${merchantId} and a.id = m.attempt_id
      join orders o on o.merchant_id = ${merchantId} and o.id = m.order_id
    )
    insert into rollups (merchant_id, livemode, at, currency, method, channel, country, orders_created, payments, gross,
      fees, refunds, refunded, fees_returned, attempts_succeeded, attempts_failed)
    select ${merchantId}, ${livemode}, at, currency, method, channel, coalesce(country, ''), sum(orders_created),
      sum(payments), sum(gross), sum(fees), sum(refunds), sum(refunded), sum(fees_returned), sum(succeeded), sum(failed)
    from fact group by at, currency, method, channel, coalesce(country, '')`);
}

/**
 * A quarter is a narrow range of each key, but nothing tells the planner how narrow: it takes an id's range for a ninth of
 * the table, and hashed a million orders to find a hundred of them (seconds instead of milliseconds).
 */
async function readByKey(tx: Tx): Promise<void> {
  await tx.db.execute(sql`
    select set_config(name, 'off', true) from pg_settings where name in ('enable_hashjoin', 'enable_mergejoin', 'enable_seqscan')`);
}

/** Where a merchant's own money lies when a refund takes it; what comes from suspense was never counted as received. */
const own = sql`('merchant_pending', 'merchant_available')`;

function idRanges(merchantId: string, atMs: number) {
  const at = new Date(atMs);
  const end = new Date(atMs + quarterMs);
  return {
    at: at.toISOString(),
    order_from: idsFrom("order", merchantId, at),
    order_to: idsFrom("order", merchantId, end),
    attempt_from: idsFrom("attempt", merchantId, at),
    attempt_to: idsFrom("attempt", merchantId, end),
    txn_from: idsFrom("ledgerTransaction", merchantId, at),
    txn_to: idsFrom("ledgerTransaction", merchantId, end),
  };
}

/** Counts each of these quarters anew, a hundred a statement. */
export async function recountAll(tx: Tx, quarters: readonly number[]): Promise<void> {
  for (let start = 0; start < quarters.length; start += quartersAtOnce) {
    await recount(tx, quarters.slice(start, start + quartersAtOnce));
  }
}

/**
 * Counts a span of time anew: after facts were brought in that left no events behind (an import, a restored backup).
 * A day a transaction, so that no lock is held long.
 */
export async function recountSpan(ctx: Context, from: Date, to: Date): Promise<void> {
  const last = quarterOf(to.getTime());
  for (let at = quarterOf(from.getTime()); at <= last; at += quartersAtOnce * quarterMs) {
    const most = Math.min(quartersAtOnce, (last - at) / quarterMs + 1);
    await ctx.transaction((tx) =>
      recount(
        tx,
        Array.from({ length: most }, (_, index) => at + index * quarterMs),
      ),
    );
  }
}
