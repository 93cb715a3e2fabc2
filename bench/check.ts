import { setTimeout as pause } from "node:timers/promises";
import type postgres from "postgres";
import { checkInvariants } from "#lib/ledger/check";
import type { Receiver } from "./receiver.ts";
import { orderNoPrefix } from "./shop.ts";
import type { World } from "./world.ts";

export interface Check {
  /** What the run made, counted in its own tables. */
  readonly counted: Readonly<Record<string, number>>;
  /** In words; empty when everything holds. */
  readonly violations: readonly string[];
}

const settleMs = 60_000;

/** The run's own orders; by the index that keeps a merchant's numbers unique. */
function ownOrders({ owner, merchants }: World): postgres.PendingQuery<postgres.Row[]> {
  const ids = merchants.map(({ merchantId }) => merchantId);
  return owner`
    select * from orders
    where merchant_id = any(${ids}) and not livemode and merchant_order_no like ${`${orderNoPrefix}%`}`;
}

/** Waits until everything that the run caused has been told. What never ends is found by the check. */
export async function settled(world: World): Promise<void> {
  const until = Date.now() + settleMs;
  while (Date.now() < until) {
    const [left] = await world.owner`
      select exists (
        select from (${ownOrders(world)}) o join events e on e.merchant_id = o.merchant_id and e.order_id = o.id
        left join webhook_deliveries d on d.merchant_id = e.merchant_id and d.event_id = e.id
        where e.sequence is null or d.status = 'pending') as some`;
    if (!left?.some) return;
    await pause(200);
  }
}

/**
 * Every promise about money and messages, reckoned from the rows that the run made.
 *
 * @param options.mayRepeat the database went away in between, so that a webhook may have been sent again
 */
export async function check(
  world: World,
  receiver: Receiver,
  options: { readonly mayRepeat?: boolean } = {},
): Promise<Check> {
  const counted = await count(world);
  const mustBeZero = {
    ...(await orderFaults(world)),
    ...(await messageFaults(world)),
    ...(await receivedFaults(world, receiver, options.mayRepeat ?? false)),
  };
  const violations = Object.entries(mustBeZero)
    .filter(([, found]) => found !== 0)
    .map(([what, found]) => `${what}: ${found}`);
  for (const { merchantId } of world.merchants) {
    const found = await world.contextOf(merchantId).transaction((tx) => checkInvariants(tx));
    violations.push(...found.map((finding) => `ledger of ${merchantId}: ${finding}`));
  }
  return { counted, violations };
}

type Counts = Record<string, number>;

async function count(world: World): Promise<Counts> {
  const [row] = await world.owner`
    with own as (${ownOrders(world)}), tries as (
      select a.status from own o join attempts a on a.merchant_id = o.merchant_id and a.order_id = o.id)
    select count(*)::int as orders, count(*) filter (where status = 'paid')::int as paid,
      (select count(*) from tries)::int as attempts,
      (select count(*) from tries where status = 'failed')::int as declined,
      (select count(*) from orders)::int as "orders in the database"
    from own`;
  return { ...row };
}

async function orderFaults(world: World): Promise<Counts> {
  const [row] = await world.owner`
    with own as (${ownOrders(world)}), tries as (
      select o.merchant_id, o.id, count(a.id) filter (where a.status = 'succeeded') as succeeded,
        count(a.id) filter (where a.status in ('created', 'processing', 'unknown')) as undecided
      from own o left join attempts a on a.merchant_id = o.merchant_id and a.order_id = o.id group by 1, 2
    ), books as (
      select o.merchant_id, o.id, count(distinct x.id) as transactions, coalesce(sum(t.amount), 0) as amount
      from own o
      left join ledger_transactions x
        on x.merchant_id = o.merchant_id and x.order_id = o.id and x.kind = 'payment_succeeded'
      left join ledger_transfers t on t.merchant_id = x.merchant_id and t.transaction_id = x.id
      group by 1, 2
    )
    select
      count(*) filter (where succeeded > 1)::int as "orders paid twice",
      count(*) filter (where o.status = 'paid' and succeeded <> 1)::int as "paid orders without their payment",
      count(*) filter (where o.status <> 'paid' and succeeded > 0)::int as "payments of orders that are not paid",
      count(*) filter (where undecided > 0)::int as "orders with an undecided attempt",
      count(*) filter (where o.status = 'paid' and transactions <> 1)::int as "paid orders not booked exactly once",
      count(*) filter (where o.status <> 'paid' and transactions <> 0)::int as "bookings of orders that are not paid",
      count(*) filter (where o.status = 'paid' and (books.amount <> o.amount or o.amount_captured <> o.amount))::int
        as "paid orders booked in another amount"
    from own o join tries using (merchant_id, id) join books using (merchant_id, id)`;
  return { ...row };
}

async function messageFaults(world: World): Promise<Counts> {
  const { openedAt } = world;
  const ids = world.merchants.map(({ merchantId }) => merchantId);
  const [row] = await world.owner`
    with own as (${ownOrders(world)}), told as (
      select e.merchant_id, e.id, e.order_id, e.type, e.sequence, count(d.id) as deliveries,
        count(d.id) filter (where d.status <> 'succeeded') as unaccepted
      from own o join events e on e.merchant_id = o.merchant_id and e.order_id = o.id
      left join webhook_deliveries d on d.merchant_id = e.merchant_id and d.event_id = e.id
      group by 1, 2, 3, 4, 5
    )
    select
      (select count(*) from told where sequence is null)::int as "events without a number",
      (select count(*) from (
        select 1 from events where merchant_id = any(${ids}) group by merchant_id, livemode
        having max(sequence) <> count(sequence) or min(sequence) <> 1 or count(distinct sequence) <> count(sequence)
      ) as gaps)::int as "sequences with a gap",
      (select count(*) from told where unaccepted > 0)::int as "webhooks not accepted",
      (select count(*) from own o left join (
          select merchant_id, order_id, count(*) as times from told where type = 'order.paid' group by 1, 2
        ) as paid on paid.merchant_id = o.merchant_id and paid.order_id = o.id
        where o.status = 'paid' and paid.times is distinct from 1)::int as "paid orders not announced exactly once",
      (select count(*) from told where type in ('order.paid', 'attempt.failed') and deliveries <> 1)::int
        as "events without exactly one delivery",
      (select count(*) from graphile_worker._private_jobs
        where last_error is not null and updated_at >= ${openedAt.toISOString()}::timestamptz)::int as "jobs that failed"`;
  return { ...row };
}

/** The merchant's side of it: each wanted event came, and came once. */
async function receivedFaults(world: World, receiver: Receiver, mayRepeat: boolean): Promise<Counts> {
  const rows = await world.owner`
    select e.id from (${ownOrders(world)}) o join events e on e.merchant_id = o.merchant_id and e.order_id = o.id
    where e.type in ('order.paid', 'attempt.failed')`;
  const missing = rows.filter((row) => !receiver.counts.has(String(row.id))).length;
  const repeated = mayRepeat ? 0 : [...receiver.counts.values()].filter((times) => times > 1).length;
  return { "webhooks that never arrived": missing, "webhooks that arrived twice": repeated };
}
