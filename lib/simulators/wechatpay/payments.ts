import { and, eq, lte } from "drizzle-orm";
import { wechatpayOrders } from "#db/schema/sim-wechatpay";
import type { SimulatorDb } from "#db/simulator-client";
import { NothingToAct, type ShopperAct } from "../simulator.ts";
import { notificationFaults, paymentFaults, takeFaults } from "./faults.ts";
import { enqueueNotification } from "./notifications.ts";
import { isUnpaid, type OrderRow, orderJson, payabilityAt } from "./order-state.ts";
import { sameOrder } from "./orders.ts";
import { newDigits } from "./signature.ts";
import { compactTime } from "./wire-time.ts";

/** The wallet does not let the shopper pay: the order is paid, closed or past its time. */
export class NotPayable extends NothingToAct {
  override readonly name = "NotPayable";
  readonly state: string;

  constructor(order: OrderRow, state: string) {
    super(`order ${order.outTradeNo} is ${state}`);
    this.state = state;
  }
}

const failureTexts: Record<string, string> = {
  insufficient_funds: "支付失败，账户余额不足",
  card_declined: "支付失败，银行拒绝了该笔交易",
  card_expired: "支付失败，银行卡已过期",
  lost_or_stolen: "支付失败，银行卡已挂失",
  suspected_fraud: "支付失败，交易存在风险",
  authentication_failed: "支付失败，支付密码错误",
  limit_exceeded: "支付失败，超出银行卡支付限额",
  method_unavailable: "支付失败，该支付方式不可用",
};

/** @returns the order as it stands after the act. @throws NotPayable */
export async function shopperActs(db: SimulatorDb, order: OrderRow, act: ShopperAct, now: Date): Promise<OrderRow> {
  const payability = payabilityAt(order, now);
  if (payability !== "payable") throw new NotPayable(order, payability);
  switch (act.act) {
    case "pay":
      if (act.afterMs) return changeUnpaid(db, order, { payDueAt: new Date(now.getTime() + act.afterMs) });
      return db.transaction((tx) => pay(tx, order, now));
    case "cancel":
      return changeUnpaid(db, order, { payDueAt: null });
    case "fail": {
      const description = failureTexts[act.reason ?? ""] ?? "支付失败，请更换支付方式后重试";
      return changeUnpaid(db, order, { tradeStateDesc: description, payDueAt: null });
    }
  }
}

async function changeUnpaid(db: SimulatorDb, order: OrderRow, change: Partial<OrderRow>): Promise<OrderRow> {
  const [changed] = await db
    .update(wechatpayOrders)
    .set(change)
    .where(and(sameOrder(order), stillUnpaid))
    .returning();
  if (!changed) throw new NotPayable(order, "closed");
  return changed;
}

const stillUnpaid = eq(wechatpayOrders.tradeState, "NOTPAY");

/** The money moves and the merchant is told, both or neither. */
async function pay(tx: SimulatorDb, order: OrderRow, now: Date): Promise<OrderRow> {
  const faults = await takeFaults(tx, {
    mchid: order.mchid,
    kinds: [...paymentFaults, ...notificationFaults],
    references: [order.outTradeNo],
  });
  const [paid] = await tx
    .update(wechatpayOrders)
    .set({
      tradeState: "SUCCESS",
      tradeStateDesc: "支付成功",
      payDueAt: null,
      transactionId: `4200${newDigits(6)}${compactTime(now).slice(0, 8)}${newDigits(10)}`,
      paidTotal: faults.get("wrong_amount")?.amount ?? order.total,
      successTime: now,
    })
    .where(and(sameOrder(order), stillUnpaid))
    .returning();
  if (!paid) throw new NotPayable(order, "closed");
  const notification = {
    mchid: paid.mchid,
    outTradeNo: paid.outTradeNo,
    reference: paid.outTradeNo,
    eventType: "TRANSACTION.SUCCESS",
    notifyUrl: paid.notifyUrl,
    resource: orderJson(paid, now),
  } as const;
  await enqueueNotification(tx, notification, faults, now);
  return paid;
}

const batchSize = 100;

/** Finishes the payments of shoppers who took their time. */
export async function finishSlowPayments(db: SimulatorDb, now: Date): Promise<number> {
  return db.transaction(async (tx) => {
    const due = await tx
      .select()
      .from(wechatpayOrders)
      .where(lte(wechatpayOrders.payDueAt, now))
      .limit(batchSize)
      .for("update", { skipLocked: true });
    for (const order of due) {
      // The shopper had confirmed in time, so a time_expire that passed since does not matter.
      if (isUnpaid(order)) await pay(tx, order, now);
    }
    return due.length;
  });
}
