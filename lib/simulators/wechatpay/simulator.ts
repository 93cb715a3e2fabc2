import { and, eq, isNotNull, or, sql } from "drizzle-orm";
import { wechatpayNotifications, wechatpayRefunds } from "#db/schema/sim-wechatpay";
import type { SimulatorDb } from "#db/simulator-client";
import type { SimulatedPayment, Simulator, SimulatorDependencies } from "../simulator.ts";
import { accountFinder, openAccount } from "./accounts.ts";
import { wechatpayApp } from "./app.ts";
import { deliverDue } from "./delivery.ts";
import { listFaults, replaceFaults } from "./faults.ts";
import { releaseHeld } from "./notifications.ts";
import { type OrderRow, tradeStateAt } from "./order-state.ts";
import { findOrder } from "./orders.ts";
import { finishSlowPayments, shopperActs } from "./payments.ts";
import { finishRefunds } from "./refunds.ts";

export function createWechatpaySimulator(dependencies: SimulatorDependencies & { db: SimulatorDb }): Simulator {
  const { db, clock, publicUrl } = dependencies;
  const findAccount = accountFinder(db);

  return {
    name: "wechatpay",
    app: wechatpayApp({ db, clock, publicUrl, findAccount }),
    provision: ({ label }) => openAccount(db, label, clock.now()),

    async payment(credentials, reference) {
      const order = await findOrder(db, mchidOf(credentials), reference);
      return order && simulatedPayment(db, order, clock.now());
    },

    async setFaults(credentials, faults) {
      const mchid = mchidOf(credentials);
      if (!(await findAccount(mchid))) throw new Error(`no account ${mchid}`);
      await replaceFaults(db, mchid, faults);
      await releaseHeld(db, mchid, clock.now());
    },

    faults: (credentials) => listFaults(db, mchidOf(credentials)),

    async act(credentials, reference, act) {
      const order = await findOrder(db, mchidOf(credentials), reference);
      if (!order) throw new Error(`no payment ${reference}`);
      const now = clock.now();
      return simulatedPayment(db, await shopperActs(db, order, act, now), now);
    },

    async runDue() {
      const now = clock.now();
      const finished = (await finishSlowPayments(db, now)) + (await finishRefunds(db, now));
      return finished + (await deliverDue(db, findAccount, now));
    },
  };
}

function mchidOf(credentials: Record<string, string>): string {
  const { mchid } = credentials;
  if (!mchid) throw new Error("credentials have no mchid");
  return mchid;
}

async function simulatedPayment(db: SimulatorDb, order: OrderRow, now: Date): Promise<SimulatedPayment> {
  const { mchid, outTradeNo } = order;
  const isDue = or(isNotNull(wechatpayNotifications.nextAt), wechatpayNotifications.held);
  const [refunds, [notifications]] = await Promise.all([
    db
      .select()
      .from(wechatpayRefunds)
      .where(and(eq(wechatpayRefunds.mchid, mchid), eq(wechatpayRefunds.outTradeNo, outTradeNo)))
      .orderBy(wechatpayRefunds.createdAt),
    db
      .select({
        sent: sql<string>`coalesce(sum(${wechatpayNotifications.attempts}), 0)`,
        due: sql<string>`count(*) filter (where ${isDue})`,
      })
      .from(wechatpayNotifications)
      .where(and(eq(wechatpayNotifications.mchid, mchid), eq(wechatpayNotifications.outTradeNo, outTradeNo))),
  ]);
  return {
    reference: order.outTradeNo,
    providerReference: order.transactionId ?? order.prepayCode,
    status: tradeStateAt(order, now).state,
    amount: order.paidTotal ?? order.total,
    currency: "CNY",
    refunds: refunds.map((refund) => ({
      reference: refund.outRefundNo,
      status: refund.status,
      amount: refund.refund,
    })),
    notificationsSent: Number(notifications?.sent ?? 0),
    notificationsDue: Number(notifications?.due ?? 0),
  };
}
