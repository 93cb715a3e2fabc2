import { setTimeout as pause } from "node:timers/promises";
import type { Receiver } from "../receiver.ts";
import { orderNoPrefix } from "../shop.ts";
import type { World } from "../world.ts";
import type { SoakFlow } from "./flow.ts";

type Counts = Record<string, number>;

const restMs = 15 * 60_000;
const lookMs = 2_000;

/**
 * Waits until nothing is under way any more: no attempt, refund, event, webhook or job that is due. Webhooks that broke
 * off in the restart come two minutes after their claim has run out; a provider's second notification after four.
 */
export async function atRest({ owner, merchants }: World, flow: SoakFlow, say: (line: string) => void): Promise<void> {
  const ids = merchants.map(({ merchantId }) => merchantId);
  const until = Date.now() + restMs;
  let last = "";
  while (Date.now() < until) {
    const [left] = await owner`
      select (select count(*) from attempts where merchant_id = any(${ids}) and status in ('created', 'processing', 'unknown'))::int as attempts,
        (select count(*) from events where merchant_id = any(${ids}) and sequence is null)::int as events,
        (select count(*) from webhook_deliveries where merchant_id = any(${ids}) and status = 'pending')::int as webhooks,
        (select count(*) from graphile_worker._private_jobs where last_error is not null and attempts < max_attempts)::int as "failed jobs"`;
    const open = { ...left, "webhooks that the shop awaits": flow.awaited };
    const waiting = Object.entries(open).filter(([, count]) => Number(count) > 0);
    if (waiting.length === 0) return;
    const line = waiting.map(([what, count]) => `${count} ${what}`).join(", ");
    if (line !== last) say(`waiting for ${line}`);
    last = line;
    await pause(lookMs);
  }
}

/** The shop's own book against the product's and the providers': each order is where the shop was told it is, once. */
export async function accountFor(world: World, flow: SoakFlow): Promise<Counts> {
  const { owner, merchants } = world;
  const ids = merchants.map(({ merchantId }) => merchantId);
  const statuses = new Map<string, string>();
  const numbers = new Set<string>();
  let twice = 0;
  const rows = owner`
    select id, status, merchant_order_no as no from orders
    where merchant_id = any(${ids}) and not livemode and merchant_order_no like ${`${orderNoPrefix}%`}`.cursor(5_000);
  for await (const page of rows) {
    for (const row of page) {
      statuses.set(String(row.id), String(row.status));
      if (numbers.has(String(row.no))) twice += 1;
      numbers.add(String(row.no));
    }
  }
  const lost = [...flow.orders].filter(([id]) => !statuses.has(id));
  const unpaid = [...flow.orders].filter(([id, known]) => known === "paid" && statuses.get(id) !== "paid");
  const overpaid = [...flow.orders].filter(([id, known]) => known !== "paid" && statuses.get(id) === "paid");
  const unasked = [...statuses.keys()].filter((id) => !flow.orders.has(id)).length;
  return {
    "orders that were confirmed and are not there": lost.length,
    "payments that the wallet made and the order does not show": unpaid.length,
    "orders paid that nobody paid": overpaid.length,
    "order numbers used twice": twice,
    "orders that nobody made": Math.max(0, unasked - flow.unanswered.size),
    ...(await providersFaults(world)),
  };
}

/** What the providers took, against what we booked. */
async function providersFaults({ owner }: World): Promise<Counts> {
  const [row] = await owner`
    with taken as (
      select out_trade_no as attempt_id from sim.wechatpay_orders where trade_state = 'SUCCESS'
      union all select out_trade_no from sim.alipay_trades where status = 'TRADE_SUCCESS'
    ), booked as (
      select a.id, a.order_id, a.status from attempts a join orders o on o.merchant_id = a.merchant_id and o.id = a.order_id
      where o.merchant_order_no like ${`${orderNoPrefix}%`}
    )
    select (select count(*) from booked join taken on attempt_id = booked.id where status <> 'succeeded')::int
        as "payments that a provider took and we did not book",
      (select count(*) from booked left join taken on attempt_id = booked.id where status = 'succeeded' and attempt_id is null)::int
        as "payments booked that no provider took",
      (select count(*) from (
        select order_id from booked join taken on attempt_id = booked.id group by 1 having count(*) > 1) as twice)::int
        as "orders that a provider took twice"`;
  return { ...row };
}

/** A webhook may come again when the database went away before its acceptance was noted, and at no other time. */
const excusedMs = 300_000;

export function repeatedWebhooks({ repeatedAt }: Receiver, restartedAt: number): { all: number; unexcused: number } {
  const unexcused = repeatedAt.filter((at) => at < restartedAt || at > restartedAt + excusedMs);
  return { all: repeatedAt.length, unexcused: unexcused.length };
}
