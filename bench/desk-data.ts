import type postgres from "postgres";
import type { Context } from "#db/tenancy";
import { followEvents } from "#lib/analytics/follow-events";
import { storeOrders } from "./stored-orders.ts";
import { type BenchMerchant, openWorld, type World } from "./world.ts";

/** One in so many is rare: what a list is filtered for once a year. */
const rare = 10_000;
const refundEvery = 20;

/** The world of one merchant to whom all stored orders belong; they are stored unless the folder has them. */
export async function openDesk(stored: number, dataDir: string): Promise<World> {
  // The database of no stored orders, because this past is another than that of the scenarios.
  const world = await openWorld({ stored: 0, merchants: 1, dataDir });
  const ctx = world.contextOf(merchantOf(world).merchantId);
  const [has] = await world.owner`select 1 from orders where merchant_id = ${ctx.merchantId} limit 1`;
  if (!has) {
    console.log(`storing ${stored.toLocaleString("en")} orders …`);
    await storeDesk(world.owner, ctx, stored);
  }
  return world;
}

export function merchantOf(world: World): BenchMerchant {
  const [merchant] = world.merchants;
  if (!merchant) throw new Error("no merchant");
  return merchant;
}

/**
 * A merchant's whole past for the pages that list it: paid orders (bench/stored-orders.ts) of which some have ended in
 * other states, were paid otherwise or given back; logged requests; deliveries that failed. What is searched
 * by and the overview's numbers are made by the job that always makes them.
 */
async function storeDesk(owner: postgres.Sql, ctx: Context, count: number): Promise<void> {
  await storeOrders(owner, [ctx], count, "by_time");
  await owner.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`set local synchronous_commit = off`;
    await varyOrders(sql, ctx.merchantId);
    await storeRefunds(sql, ctx.merchantId);
    await storeRequests(sql, ctx.merchantId);
    await varyLogs(sql, ctx.merchantId);
  });
  await owner`vacuum analyze`;
  // A run ends after a while, and leaves the rest to the next.
  while ((await followEvents(ctx)) > 0);
  await owner`vacuum analyze rollups, order_facts, search_terms, event_cursors`;
  await owner`checkpoint`;
}

/** The number that storeOrders gave an order. */
const numberOf = "right(o.merchant_order_no, -5)::int";

async function varyOrders(sql: postgres.TransactionSql, merchantId: string): Promise<void> {
  const n = sql.unsafe(numberOf);
  await sql`
    update orders o set customer = jsonb_build_object('email', 'shopper' || ${n} || '@example.com'),
      status = case when ${n} % ${rare} = 0 then 'authorized' when ${n} % 50 = 0 then 'expired' else status end
    where merchant_id = ${merchantId} and ${n} % 10 = 0`;
  await sql`
    update attempts a set method = 'card', channel = 'stripe'
    from orders o
    where o.merchant_id = ${merchantId} and a.merchant_id = ${merchantId} and a.id = o.latest_attempt_id and ${n} % ${rare} = 1`;
}

/** Each with its two postings; one in a few hundred failed, late or on its way. */
async function storeRefunds(sql: postgres.TransactionSql, merchantId: string): Promise<void> {
  const n = sql.unsafe(numberOf);
  await sql`
    insert into refunds (merchant_id, id, livemode, order_id, attempt_id, merchant_refund_no, amount, currency, status,
      source, funded_from, provider_reference, succeeded_at, created_at, updated_at)
    select o.merchant_id, 're_' || substr(o.id, 5), false, o.id, o.latest_attempt_id, 'R-' || ${n}, o.amount, 'CNY',
      case when ${n} % ${rare} = 0 then 'failed' when ${n} % ${rare} = ${refundEvery} then 'processing' else 'succeeded' end,
      case when ${n} % ${rare} = 0 then 'late' else 'merchant' end, 'merchant_pending', '50' || lpad(${n}::text, 26, '0'),
      o.created_at + interval '1 minute', o.created_at, o.created_at
    from orders o where o.merchant_id = ${merchantId} and ${n} % ${refundEvery} = 0`;
  for (const [kind, suffix] of [
    ["refund_accepted", "ra"],
    ["refund_succeeded", "rs"],
  ] as const) {
    await sql`
      insert into ledger_transactions (merchant_id, id, livemode, reference, kind, order_id, occurred_at, created_at)
      select merchant_id, 'txn_' || substr(id, 4, 26) || ${suffix}::text, false, ${`${kind}:`} || id, ${kind}, order_id,
        created_at, created_at
      from refunds where merchant_id = ${merchantId}`;
  }
}

/** Three an order, as far back as they are kept. */
async function storeRequests(sql: postgres.TransactionSql, merchantId: string): Promise<void> {
  const n = sql.unsafe(numberOf);
  await sql`
    insert into request_log (merchant_id, id, livemode, request_id, actor_type, actor_id, method, path, status, error_code,
      duration_ms, ip, request_body, response_body, created_at)
    select o.merchant_id, 'log_' || substr(o.id, 5, 26) || suffix, false, 'req_' || substr(o.id, 5, 26) || suffix, 'api_key',
      case when ${n} % ${rare} = 0 then 'key_rare' else 'key_bench' end,
      case when ${n} % ${rare} = 0 then 'DELETE' when ${n} % 3 = 0 then 'GET' else 'POST' end, '/v1/orders',
      case when ${n} % 1000 = 0 then 422 else 201 end, case when ${n} % 1000 = 0 then 'validation_failed' end, 12,
      '127.0.0.1', repeat(md5(o.id), 8), repeat(md5(o.id), 20), o.created_at
    from orders o cross join (values ('00'), ('01'), ('02')) as k(suffix)
    where o.merchant_id = ${merchantId} and o.created_at > now() - interval '29 days'`;
}

async function varyLogs(sql: postgres.TransactionSql, merchantId: string): Promise<void> {
  // The last digits of its order's number, and two that tell apart what belongs to one order.
  const endsIn = (digits: string) => sql`right(id, 6) like ${`${digits}__`}`;
  // Their next try is far off, so that no worker takes them up.
  await sql`
    update webhook_deliveries set status = 'failed', response_status = 500 where merchant_id = ${merchantId} and ${endsIn("0000")}`;
  await sql`update webhook_deliveries set status = 'pending', next_try_at = now() + interval '30 days'
    where merchant_id = ${merchantId} and ${endsIn("0001")}`;
  await sql`
    update audit_log set actor_type = 'user', actor_id = 'usr_bench', verb = 'refund.create'
    where merchant_id = ${merchantId} and ${endsIn("0000")}`;
  await sql`update audit_log set actor_id = 'key_rare' where merchant_id = ${merchantId} and ${endsIn("0001")}`;
}
