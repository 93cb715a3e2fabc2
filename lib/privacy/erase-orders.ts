import { sql } from "drizzle-orm";
import type { Tx } from "#db/tenancy";
import type { Order } from "#lib/orders/order-json";
import { erasedText, identifiersIn, scrubbed } from "./scrub.ts";

/** An attempt that has ended needs its action and the payer's name no more; the card's brand names nobody. */
const brandOnly = (details: string) =>
  sql.raw(`nullif(jsonb_strip_nulls(jsonb_build_object('brand', ${details} -> 'brand')), '{}'::jsonb)`);

/**
 * Puts tombstones where these orders say who the shopper is. Amounts, dates, states, references and everything booked stay:
 * tax and anti-money-laundering law wants them kept, and without the rest they name nobody.
 */
export async function eraseOrders(tx: Tx, orders: readonly Order[]): Promise<void> {
  for (const order of orders) await eraseOrder(tx, order);
  const { merchantId, livemode } = tx;
  const ids = sql`(select value from json_array_elements_text(${JSON.stringify(orders.map(({ id }) => id))}::json))`;
  await tx.db.execute(sql`
    update attempts set details = ${brandOnly("details")},
      action = case when status = 'requires_action' then action end,
      shopper = shopper - 'browser' - 'platform_browser'
    where merchant_id = ${merchantId} and order_id in ${ids}`);
  await tx.db.execute(sql`
    update events set data = jsonb_set(data, '{details}', coalesce(${brandOnly("data -> 'details'")}, 'null'))
    where merchant_id = ${merchantId} and order_id in ${ids} and jsonb_typeof(data -> 'details') = 'object'`);
  await tx.db.execute(sql`
    update events set data = data - 'device'
    where merchant_id = ${merchantId} and order_id in ${ids} and data ->> 'object' = 'attempt'`);
  await tx.db.execute(sql`
    update payment_refusals set hint = ${erasedText} where merchant_id = ${merchantId} and order_id in ${ids}`);
  await tx.db.execute(sql`
    update channel_notifications set body = ${erasedText} where merchant_id = ${merchantId} and order_id in ${ids}`);
  await tx.db.execute(sql`
    delete from search_terms
    where merchant_id = ${merchantId} and livemode = ${livemode} and order_id in ${ids} and kind in ('email', 'phone', 'customer')`);
  await tx.db.execute(sql`
    select internal.forget_shopper_visits(array(
      select id from attempts where merchant_id = ${merchantId} and order_id in ${ids} union all select value from ${ids} as o(value)))`);
}

async function eraseOrder(tx: Tx, order: Order): Promise<void> {
  const identifiers = identifiersIn(order.customer);
  const kept = {
    customer: null,
    subject: scrubbed(order.subject, identifiers),
    description: order.description === null ? null : scrubbed(order.description, identifiers),
    return_url: order.returnUrl === null ? null : scrubbed(order.returnUrl, identifiers),
    metadata: Object.fromEntries(
      Object.entries(order.metadata).map(([key, value]) => [key, scrubbed(value, identifiers)]),
    ),
  };
  const text = JSON.stringify(kept);
  await tx.db.execute(sql`
    update orders set customer = null, subject = k.subject, description = k.description, return_url = k.return_url, metadata = k.metadata
    from jsonb_to_record(${text}::text::jsonb) as k(subject text, description text, return_url text, metadata jsonb)
    where merchant_id = ${tx.merchantId} and id = ${order.id}`);
  // What webhooks told of the order at the time; a replay from now on tells it without the person.
  await tx.db.execute(sql`
    update events set data = data || ${text}::text::jsonb
    where merchant_id = ${tx.merchantId} and order_id = ${order.id} and data ->> 'object' = 'order'`);
}
