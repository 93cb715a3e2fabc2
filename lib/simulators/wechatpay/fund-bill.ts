import { type BillRow, billFile, yuan } from "./bill-csv.ts";
import { feeFen, feeRateText } from "./fee.ts";
import type { OrderRow } from "./order-state.ts";
import type { RefundOfOrder } from "./trade-bill.ts";
import { billTime } from "./wire-time.ts";

const columns =
  "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号".split(
    ",",
  );

interface Flow {
  readonly at: Date;
  readonly businessId: string;
  readonly name: string;
  readonly type: string;
  /** Positive for income. */
  readonly fen: number;
  readonly applicant: string;
  readonly note: string;
  readonly voucher: string;
}

/**
 * What went in and out of the merchant's basic account in a day.
 *
 * @param openingFen the balance when the day began
 * @returns undefined when nothing moved
 */
export function fundBill(
  payments: readonly OrderRow[],
  succeeded: readonly RefundOfOrder[],
  openingFen: number,
): Buffer | undefined {
  const flows = [...payments.flatMap(paymentFlows), ...succeeded.map(refundFlow)];
  if (flows.length === 0) return undefined;
  flows.sort((a, b) => a.at.getTime() - b.at.getTime());
  let balance = openingFen;
  const rows = flows.map((flow, position) => {
    balance += flow.fen;
    return flowRow(flow, position, balance);
  });
  return billFile(columns, rows, totals(flows));
}

function paymentFlows(order: OrderRow): Flow[] {
  const paid = order.paidTotal ?? 0;
  const base = {
    at: order.successTime ?? order.createdAt,
    businessId: order.transactionId ?? "",
    applicant: "system",
    voucher: order.outTradeNo,
  };
  const fee = feeFen(paid);
  const payment = { ...base, name: "交易", type: "交易", fen: paid, note: `结算总金额 ${yuan(paid)} 元` };
  if (fee === 0) return [payment];
  return [payment, { ...base, name: "扣除交易手续费", type: "交易手续费", fen: -fee, note: `费率 ${feeRateText}` }];
}

function refundFlow({ refund, order }: RefundOfOrder): Flow {
  const returnedFee = feeFen(refund.refund);
  return {
    at: refund.successTime ?? refund.createdAt,
    businessId: refund.refundId,
    name: "退款",
    type: "退款",
    fen: returnedFee - refund.refund,
    applicant: order.mchid,
    note: `退款总金额 ${yuan(refund.refund)} 元；含手续费 ${yuan(returnedFee)} 元`,
    voucher: refund.outRefundNo,
  };
}

function flowRow(flow: Flow, position: number, balance: number): BillRow {
  return {
    记账时间: billTime(flow.at),
    微信支付业务单号: flow.businessId,
    资金流水单号: `${flow.businessId}${(position + 1).toString().padStart(6, "0")}`,
    业务名称: flow.name,
    业务类型: flow.type,
    收支类型: flow.fen >= 0 ? "收入" : "支出",
    "收支金额(元)": yuan(Math.abs(flow.fen)),
    "账户结余(元)": yuan(balance),
    资金变更提交申请人: flow.applicant,
    备注: flow.note,
    业务凭证号: flow.voucher,
  };
}

function totals(flows: readonly Flow[]): BillRow {
  const income = flows.filter((flow) => flow.fen >= 0);
  const spent = flows.filter((flow) => flow.fen < 0);
  const sum = (part: readonly Flow[]) => part.reduce((total, flow) => total + Math.abs(flow.fen), 0);
  return {
    资金流水总笔数: flows.length.toString(),
    收入笔数: income.length.toString(),
    收入金额: yuan(sum(income)),
    支出笔数: spent.length.toString(),
    支出金额: yuan(sum(spent)),
  };
}
