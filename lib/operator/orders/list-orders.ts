import { type SQL, sql } from "drizzle-orm";
import { operatorDatabase } from "#db/operator-database";
import type { OrderStatus } from "#db/schema/orders";
import { isMerchantId, merchantIdOf } from "#lib/kernel/ids";

export interface PlatformOrder extends Record<string, unknown> {
  readonly id: string;
  readonly merchant_id: string;
  readonly merchant_name: string;
  readonly livemode: boolean;
  readonly merchant_order_no: string;
  readonly subject: string;
  readonly amount: string;
  readonly currency: string;
  readonly amount_captured: string;
  readonly amount_refunded: string;
  readonly status: OrderStatus;
  readonly method: string | null;
  readonly channel: string | null;
  readonly decline_reason: string | null;
  readonly created_at: Date | string;
}

export interface PlatformOrderFilter {
  readonly livemode: boolean;
  readonly merchant?: string;
  readonly status?: OrderStatus;
  /** An id of ours (order, attempt, refund) or the merchant's own order number, in full. */
  readonly text?: string;
  readonly limit: number;
  /** The order after which the page begins. */
  readonly after?: string;
}

/** What follows the merchant's key in an id: sorts by time whosever it is. */
const tailStart = "ord_".length + 8 + 1;

/**
 * Orders of all merchants, newest first; one row more than the limit when there are more. Of each merchant at most that
 * many are read, from the index that its own list is read from, so the number of stored orders makes no difference.
 */
export async function listPlatformOrders(filter: PlatformOrderFilter): Promise<PlatformOrder[]> {
  const { livemode, limit } = filter;
  const wanted = textOf(filter.text);
  if (wanted === "nothing") return [];
  const after = filter.after && merchantIdOf("order", filter.after) ? filter.after.slice(tailStart - 1) : undefined;
  const merchant = filter.merchant && isMerchantId(filter.merchant) ? filter.merchant : undefined;
  // A constant, because the index of rare states leaves out the paid ones, and PostgreSQL must see which it is.
  const status = filter.status && sql.raw(`'${filter.status.replaceAll(/[^a-z_]/g, "")}'`);
  const rows = await operatorDatabase().execute<PlatformOrder>(sql`
    select o.id, o.merchant_id, m.name as merchant_name, o.livemode, o.merchant_order_no, o.subject, o.amount, o.currency,
      o.amount_captured, o.amount_refunded, o.status, a.method, a.channel, a.decline_reason, o.created_at
    from merchants m
    cross join lateral (
      select * from orders
      where merchant_id = m.merchant_id and livemode = ${livemode}
        ${after ? sql`and id < 'ord_' || substr(m.merchant_id, 5) || ${after}::text` : sql``}
        ${status ? sql`and status = ${status}` : sql``}
        ${wanted ?? sql``}
      order by id desc limit ${limit + 1}
    ) o
    left join attempts a on a.merchant_id = o.merchant_id and a.id = o.latest_attempt_id
    ${merchant ? sql`where m.merchant_id = ${merchant}` : sql``}
    order by substr(o.id, ${tailStart}) desc limit ${limit + 1}`);
  return [...rows];
}

/** What a search text asks of an order; `nothing` when no order can answer it. */
function textOf(text: string | undefined): SQL | "nothing" | undefined {
  const wanted = text?.trim();
  if (!wanted) return undefined;
  if (merchantIdOf("order", wanted)) return sql`and id = ${wanted}`;
  const byAttempt = merchantIdOf("attempt", wanted);
  if (byAttempt)
    return inOrdersOf(sql`select order_id from attempts where merchant_id = ${byAttempt} and id = ${wanted}`);
  const byRefund = merchantIdOf("refund", wanted);
  if (byRefund) return inOrdersOf(sql`select order_id from refunds where merchant_id = ${byRefund} and id = ${wanted}`);
  return wanted.length > 64 ? "nothing" : sql`and merchant_order_no = ${wanted}`;
}

function inOrdersOf(ids: SQL): SQL {
  return sql`and id in (${ids})`;
}
