import { sql } from "drizzle-orm";
import { alipayNotifications, alipayRefunds } from "#db/schema/sim-alipay";
import type { SimulatedPayment } from "../simulator.ts";
import type { Provider } from "./provider.ts";
import { statusAt, type Trade } from "./trade-state.ts";

interface Related extends Record<string, unknown> {
  readonly refunds: SimulatedPayment["refunds"] | null;
  readonly sent: number;
  readonly due: number;
}

/** What test pages and tests may know of a trade. */
export async function simulatedPayment(provider: Provider, trade: Trade): Promise<SimulatedPayment> {
  const [related] = await provider.db.execute<Related>(sql`
    select (select json_agg(json_build_object('reference', out_request_no, 'status', status, 'amount', amount)
        order by requested_at) from ${alipayRefunds}
        where app_id = ${trade.appId} and out_trade_no = ${trade.outTradeNo}) as refunds,
      coalesce(sum(sends), 0)::int as sent,
      (count(*) filter (where next_at is not null or waits_for is not null))::int as due
    from ${alipayNotifications} where app_id = ${trade.appId} and out_trade_no = ${trade.outTradeNo}`);
  return {
    reference: trade.outTradeNo,
    providerReference: trade.tradeNo ?? "",
    status: statusAt(trade, provider.clock.now()),
    amount: Number(trade.paidAmount ?? trade.amount),
    currency: "CNY",
    refunds: related?.refunds ?? [],
    notificationsSent: related?.sent ?? 0,
    notificationsDue: related?.due ?? 0,
  };
}
