import { and, count, eq, lte, ne, sum } from "drizzle-orm";
import { wechatpayOrders, wechatpayRefunds } from "#db/schema/sim-wechatpay";
import type { SimulatorDb } from "#db/simulator-client";
import type { Account } from "./accounts.ts";
import { type FaultRow, notificationFaults, refundFaults, takeFaults } from "./faults.ts";
import { enqueueNotification } from "./notifications.ts";
import { isUnpaid, type OrderRow } from "./order-state.ts";
import { sameOrder } from "./orders.ts";
import type { Parameters } from "./parameters.ts";
import { notifiedJson, type RefundRow } from "./refund-json.ts";
import { newDigits } from "./signature.ts";
import { invalidRequest, paramError, WechatPayError } from "./wire-error.ts";
import { compactTime, dayMs } from "./wire-time.ts";

const refundWindowMs = 365 * dayMs;
const maxRefundsPerOrder = 50;
const usualDelayMs = 1000;
const batchSize = 100;

export interface RefundParameters {
  readonly transactionId: string | undefined;
  readonly outTradeNo: string | undefined;
  readonly outRefundNo: string;
  readonly reason: string | undefined;
  readonly notifyUrl: string | undefined;
  readonly refund: number;
  readonly total: number;
}

/** @throws WechatPayError PARAM_ERROR */
export function readRefundParameters(body: Parameters): RefundParameters {
  const transactionId = body.optionalText("transaction_id", "微信支付订单号", 32);
  const outTradeNo = body.optionalText("out_trade_no", "商户订单号", 32);
  if (!transactionId && !outTradeNo) {
    throw paramError("body", "out_trade_no", "商户订单号", "必填性规则校验失败，与 transaction_id 二选一必填");
  }
  const amount = body.object("amount", "金额信息");
  amount.text("currency", "退款币种", 16);
  amount.currency();
  return {
    transactionId,
    outTradeNo,
    outRefundNo: body.text("out_refund_no", "商户退款单号", 64, /^[0-9A-Za-z_\-|*@]+$/),
    reason: body.optionalText("reason", "退款原因", 80),
    notifyUrl: body.notifyUrl(false),
    refund: amount.fen("refund", "退款金额"),
    total: amount.fen("total", "原订单金额"),
  };
}

/**
 * Accepts a refund; the money is back a moment later. The same request again gets the same refund.
 *
 * @throws WechatPayError
 */
export async function applyRefund(
  db: SimulatorDb,
  account: Account,
  parameters: RefundParameters,
  now: Date,
): Promise<RefundRow> {
  const refund = await db.transaction(async (tx) => {
    // Refunds of one order wait for each other here, or two could take what is left for one.
    const order = await lockOrder(tx, account.mchid, parameters);
    const earlier = await findRefund(tx, account.mchid, parameters.outRefundNo);
    if (earlier) return sameRefund(earlier, order, parameters);
    await refuseUnrefundable(tx, order, parameters, now);
    return acceptRefund(tx, order, parameters, now);
  });
  // Refused only here: inside the transaction, the fault that asks for it would not count as used.
  if (!refund) throw new WechatPayError(403, "NOT_ENOUGH", "基本账户余额不足，请充值后重新发起");
  return refund;
}

/** @returns undefined when the merchant's balance is made to be short */
async function acceptRefund(
  tx: SimulatorDb,
  order: OrderRow,
  parameters: RefundParameters,
  now: Date,
): Promise<RefundRow | undefined> {
  const references = [parameters.outRefundNo, order.outTradeNo];
  const faults = await takeFaults(tx, { mchid: order.mchid, kinds: refundFaults, references });
  const failure = faults.get("fail_refund");
  if (failure?.operation === "refund") return undefined;
  const [refund] = await tx
    .insert(wechatpayRefunds)
    .values({
      mchid: order.mchid,
      outRefundNo: parameters.outRefundNo,
      refundId: `5030${newDigits(4)}${compactTime(now).slice(0, 8)}${newDigits(13)}`,
      outTradeNo: order.outTradeNo,
      transactionId: order.transactionId ?? "",
      refund: parameters.refund,
      total: parameters.total,
      reason: parameters.reason,
      notifyUrl: parameters.notifyUrl,
      status: "PROCESSING",
      createdAt: now,
      dueAt: new Date(now.getTime() + (faults.get("slow_refund")?.delayMs ?? usualDelayMs)),
      endsAs: endOf(failure),
    })
    .returning();
  await tx.update(wechatpayOrders).set({ tradeState: "REFUND", tradeStateDesc: "转入退款" }).where(sameOrder(order));
  return refund;
}

/** A refund that fails is closed; one told to fail at `query_refund` ends as the bank's refusal, which a person must settle. */
function endOf(failure: FaultRow | undefined): "SUCCESS" | "CLOSED" | "ABNORMAL" {
  if (!failure) return "SUCCESS";
  return failure.operation === "query_refund" ? "ABNORMAL" : "CLOSED";
}

async function lockOrder(tx: SimulatorDb, mchid: string, parameters: RefundParameters): Promise<OrderRow> {
  const { transactionId, outTradeNo } = parameters;
  const [order] = await tx
    .select()
    .from(wechatpayOrders)
    .where(
      and(
        eq(wechatpayOrders.mchid, mchid),
        transactionId ? eq(wechatpayOrders.transactionId, transactionId) : undefined,
        outTradeNo ? eq(wechatpayOrders.outTradeNo, outTradeNo) : undefined,
      ),
    )
    .for("update");
  if (!order) throw new WechatPayError(404, "RESOURCE_NOT_EXISTS", "订单不存在");
  return order;
}

function sameRefund(earlier: RefundRow, order: OrderRow, parameters: RefundParameters): RefundRow {
  const isSame =
    earlier.outTradeNo === order.outTradeNo &&
    earlier.refund === parameters.refund &&
    earlier.total === parameters.total;
  if (!isSame) throw invalidRequest("订单金额或退款金额与之前请求不一致，请核实后再试");
  return earlier;
}

async function refuseUnrefundable(tx: SimulatorDb, order: OrderRow, parameters: RefundParameters, now: Date) {
  if (isUnpaid(order) || order.successTime === null) throw invalidRequest("订单未支付，不能退款");
  if (parameters.total !== order.paidTotal) throw invalidRequest("订单金额与原订单支付金额不一致");
  if (now.getTime() > order.successTime.getTime() + refundWindowMs) {
    throw invalidRequest("订单已超过可退款的最大期限，请使用其他方式完成退款");
  }
  const [earlier] = await tx
    .select({ refunded: sum(wechatpayRefunds.refund), times: count() })
    .from(wechatpayRefunds)
    .where(
      and(
        eq(wechatpayRefunds.mchid, order.mchid),
        eq(wechatpayRefunds.outTradeNo, order.outTradeNo),
        ne(wechatpayRefunds.status, "CLOSED"),
      ),
    );
  const refunded = Number(earlier?.refunded ?? 0);
  if (refunded >= parameters.total) throw invalidRequest("订单已全额退款");
  if (refunded + parameters.refund > parameters.total) throw invalidRequest("退款金额大于订单可退金额");
  if (Number(earlier?.times ?? 0) >= maxRefundsPerOrder) throw invalidRequest("订单部分退款次数超过限制");
}

export async function findRefund(db: SimulatorDb, mchid: string, outRefundNo: string): Promise<RefundRow | undefined> {
  const [refund] = await db
    .select()
    .from(wechatpayRefunds)
    .where(and(eq(wechatpayRefunds.mchid, mchid), eq(wechatpayRefunds.outRefundNo, outRefundNo)));
  return refund;
}

/** Ends the refunds whose bank has answered, and tells the merchant. */
export async function finishRefunds(db: SimulatorDb, now: Date): Promise<number> {
  return db.transaction(async (tx) => {
    const due = await tx
      .select()
      .from(wechatpayRefunds)
      .where(lte(wechatpayRefunds.dueAt, now))
      .limit(batchSize)
      .for("update", { skipLocked: true });
    for (const refund of due) await finishRefund(tx, refund, now);
    return due.length;
  });
}

async function finishRefund(tx: SimulatorDb, refund: RefundRow, now: Date): Promise<void> {
  const change = { status: refund.endsAs, dueAt: null, successTime: refund.endsAs === "SUCCESS" ? now : null };
  await tx
    .update(wechatpayRefunds)
    .set(change)
    .where(and(eq(wechatpayRefunds.mchid, refund.mchid), eq(wechatpayRefunds.outRefundNo, refund.outRefundNo)));
  if (refund.notifyUrl === null) return;
  const references = [refund.outRefundNo, refund.outTradeNo];
  const faults = await takeFaults(tx, { mchid: refund.mchid, kinds: notificationFaults, references });
  const notification = {
    mchid: refund.mchid,
    outTradeNo: refund.outTradeNo,
    reference: refund.outRefundNo,
    eventType: eventTypeOf(refund.endsAs),
    notifyUrl: refund.notifyUrl,
    resource: notifiedJson({ ...refund, ...change }),
  };
  await enqueueNotification(tx, notification, faults, now);
}

function eventTypeOf(status: string): "REFUND.SUCCESS" | "REFUND.ABNORMAL" | "REFUND.CLOSED" {
  if (status === "SUCCESS") return "REFUND.SUCCESS";
  return status === "ABNORMAL" ? "REFUND.ABNORMAL" : "REFUND.CLOSED";
}
