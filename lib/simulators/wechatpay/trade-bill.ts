import { type BillRow, billFile, yuan } from "./bill-csv.ts";
import { feeRateText, feeText, sumOfFees } from "./fee.ts";
import type { OrderRow } from "./order-state.ts";
import type { RefundRow } from "./refund-json.ts";
import { billTime } from "./wire-time.ts";

export const tradeBillTypes = ["ALL", "SUCCESS", "REFUND"] as const;
export type TradeBillType = (typeof tradeBillTypes)[number];

const identity =
  "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额";
const refundColumns = "微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态";
const ending = "商品名称,商户数据包,手续费,费率,订单金额";

const columnsOf: Record<TradeBillType, string[]> = {
  ALL: `${identity},${refundColumns},${ending},申请退款金额,费率备注`.split(","),
  SUCCESS: `${identity},${ending},费率备注`.split(","),
  REFUND: `${identity},退款申请时间,退款成功时间,${refundColumns},${ending},申请退款金额,费率备注`.split(","),
};

/** A refund with the order that it belongs to. */
export interface RefundOfOrder {
  readonly refund: RefundRow;
  readonly order: OrderRow;
}

/** A refund's state in the bill's words, which are not those of the API; CHANGE is a refund that needs a person. */
const refundStates: Record<string, string> = {
  SUCCESS: "SUCCESS",
  PROCESSING: "PROCESSING",
  CLOSED: "FAIL",
  ABNORMAL: "CHANGE",
};

/** @returns undefined when the day had no trade of this kind */
export function tradeBill(
  type: TradeBillType,
  payments: readonly OrderRow[],
  refunds: readonly RefundOfOrder[],
): Buffer | undefined {
  const rows = [
    ...(type === "REFUND"
      ? []
      : payments.map((order) => ({ at: order.successTime ?? order.createdAt, row: paymentRow(order) }))),
    ...(type === "SUCCESS" ? [] : refunds.map((entry) => ({ at: entry.refund.createdAt, row: refundRow(entry) }))),
  ];
  if (rows.length === 0) return undefined;
  rows.sort((a, b) => a.at.getTime() - b.at.getTime());
  const lines = rows.map(({ row }) => row);
  return billFile(columnsOf[type], lines, totals(lines));
}

function paymentRow(order: OrderRow): BillRow {
  const paid = order.paidTotal ?? 0;
  return {
    ...commonColumns(order),
    交易时间: billTime(order.successTime ?? order.createdAt),
    交易状态: "SUCCESS",
    应结订单金额: yuan(paid),
    微信退款单号: "0",
    商户退款单号: "0",
    退款金额: yuan(0),
    手续费: feeText(paid),
    订单金额: yuan(paid),
    申请退款金额: yuan(0),
  };
}

function refundRow({ refund, order }: RefundOfOrder): BillRow {
  const fee = refund.status === "CLOSED" ? 0 : -refund.refund;
  return {
    ...commonColumns(order),
    交易时间: billTime(refund.createdAt),
    交易状态: "REFUND",
    应结订单金额: yuan(0),
    退款申请时间: billTime(refund.createdAt),
    退款成功时间: refund.successTime ? billTime(refund.successTime) : "",
    微信退款单号: refund.refundId,
    商户退款单号: refund.outRefundNo,
    退款金额: yuan(refund.refund),
    退款类型: "ORIGINAL",
    退款状态: refundStates[refund.status] ?? refund.status,
    手续费: feeText(fee),
    订单金额: yuan(0),
    申请退款金额: yuan(refund.refund),
  };
}

function commonColumns(order: OrderRow): BillRow {
  return {
    公众账号ID: order.appid,
    商户号: order.mchid,
    特约商户号: "0",
    微信订单号: order.transactionId ?? "",
    商户订单号: order.outTradeNo,
    用户标识: order.openid ?? "",
    交易类型: order.tradeType,
    付款银行: "OTHERS",
    货币种类: "CNY",
    代金券金额: yuan(0),
    充值券退款金额: yuan(0),
    商品名称: order.description,
    商户数据包: order.attach ?? "",
    费率: feeRateText,
  };
}

function totals(rows: readonly BillRow[]): BillRow {
  const fenOf = (text: string | undefined) => Number((text ?? "0.00").replace(".", ""));
  const total = (column: string) => yuan(rows.reduce((sum, row) => sum + fenOf(row[column]), 0));
  return {
    总交易单数: rows.length.toString(),
    应结订单总金额: total("应结订单金额"),
    退款总金额: total("退款金额"),
    充值券退款总金额: total("充值券退款金额"),
    手续费总金额: sumOfFees(rows.map((row) => row.手续费 ?? "0")),
    订单总金额: total("订单金额"),
    申请退款总金额: total("申请退款金额"),
  };
}
