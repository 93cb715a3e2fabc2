import type { wechatpayRefunds } from "#db/schema/sim-wechatpay";
import { rfc3339 } from "./wire-time.ts";

export type RefundRow = typeof wechatpayRefunds.$inferSelect;

const receivedAccount = "支付用户零钱";

/** The refund as applying for it and querying it answer. */
export function refundJson(refund: RefundRow): Record<string, unknown> {
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: refund.transactionId,
    out_trade_no: refund.outTradeNo,
    channel: "ORIGINAL",
    user_received_account: receivedAccount,
    ...(refund.successTime ? { success_time: rfc3339(refund.successTime) } : {}),
    create_time: rfc3339(refund.createdAt),
    status: refund.status,
    funds_account: "AVAILABLE",
    amount: {
      total: refund.total,
      refund: refund.refund,
      payer_total: refund.total,
      payer_refund: refund.refund,
      settlement_refund: refund.refund,
      settlement_total: refund.total,
      discount_refund: 0,
      currency: "CNY",
    },
  };
}

/** The refund as a notification carries it. */
export function notifiedJson(refund: RefundRow): Record<string, unknown> {
  return {
    mchid: refund.mchid,
    transaction_id: refund.transactionId,
    out_trade_no: refund.outTradeNo,
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    refund_status: refund.status,
    ...(refund.successTime ? { success_time: rfc3339(refund.successTime) } : {}),
    user_received_account: receivedAccount,
    amount: {
      total: refund.total,
      refund: refund.refund,
      payer_total: refund.total,
      payer_refund: refund.refund,
    },
  };
}
