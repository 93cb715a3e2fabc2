import type { wechatpayOrders } from "#db/schema/sim-wechatpay";
import { dayMs, rfc3339 } from "./wire-time.ts";

export type OrderRow = typeof wechatpayOrders.$inferSelect;

const codeLifeMs = 2 * 3_600_000;
const autoCloseMs = 7 * dayMs;

/**
 * The state that a query shows. An order nobody paid is closed by the provider after seven days; `time_expire` only
 * ends the time in which it can be paid.
 */
export function tradeStateAt(order: OrderRow, now: Date): { state: string; description: string } {
  const abandoned = isUnpaid(order) && now.getTime() >= order.createdAt.getTime() + autoCloseMs;
  if (abandoned) return { state: "CLOSED", description: "订单已关闭" };
  return { state: order.tradeState, description: order.tradeStateDesc };
}

export function isUnpaid(order: OrderRow): boolean {
  return order.tradeState === "NOTPAY";
}

export type Payability = "payable" | "paid" | "closed" | "expired";

/** Whether the wallet lets the shopper pay now. Codes and prepay ids are valid for two hours. */
export function payabilityAt(order: OrderRow, now: Date): Payability {
  const { state } = tradeStateAt(order, now);
  if (state === "CLOSED") return "closed";
  if (state === "SUCCESS" || state === "REFUND") return "paid";
  if (order.timeExpire && order.timeExpire <= now) return "expired";
  return now.getTime() >= order.issuedAt.getTime() + codeLifeMs ? "expired" : "payable";
}

/** The order as a query answers it and as a notification carries it. */
export function orderJson(order: OrderRow, now: Date): Record<string, unknown> {
  const { state, description } = tradeStateAt(order, now);
  const base = {
    appid: order.appid,
    mchid: order.mchid,
    out_trade_no: order.outTradeNo,
    trade_state: state,
    trade_state_desc: description,
    ...(order.attach === null ? {} : { attach: order.attach }),
  };
  if (order.transactionId === null || order.successTime === null || order.paidTotal === null) {
    return { ...base, amount: { currency: "CNY", total: order.total } };
  }
  return {
    ...base,
    transaction_id: order.transactionId,
    trade_type: order.tradeType,
    bank_type: "OTHERS",
    success_time: rfc3339(order.successTime),
    payer: { openid: order.openid },
    amount: { total: order.paidTotal, payer_total: order.paidTotal, currency: "CNY", payer_currency: "CNY" },
  };
}
