import { and, eq, sql } from "drizzle-orm";
import { alipayNotifications } from "#db/schema/sim-alipay";
import type { SimulatedPayment } from "../simulator.ts";
import type { Provider } from "./provider.ts";
import { listRefunds } from "./refunds.ts";
import { statusAt, type Trade } from "./trade-state.ts";

/** What test pages and tests may know of a trade. */
export async function simulatedPayment(provider: Provider, trade: Trade): Promise<SimulatedPayment> {
  const { appId, outTradeNo } = trade;
  const [refunds, [counts]] = await Promise.all([
    listRefunds(provider.db, trade),
    provider.db
      .select({
        sent: sql<number>`coalesce(sum(${alipayNotifications.sends}), 0)::int`,
        due: sql<number>`(count(*) filter (where next_at is not null or waits_for is not null))::int`,
      })
      .from(alipayNotifications)
      .where(and(eq(alipayNotifications.appId, appId), eq(alipayNotifications.outTradeNo, outTradeNo))),
  ]);
  return {
    reference: outTradeNo,
    providerReference: trade.tradeNo ?? "",
    status: statusAt(trade, provider.clock.now()),
    amount: Number(trade.paidAmount ?? trade.amount),
    currency: "CNY",
    refunds: refunds.map((refund) => ({
      reference: refund.outRequestNo,
      status: refund.status,
      amount: Number(refund.amount),
    })),
    notificationsSent: counts?.sent ?? 0,
    notificationsDue: counts?.due ?? 0,
  };
}
