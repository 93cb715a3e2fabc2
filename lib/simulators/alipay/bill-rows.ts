import { and, asc, eq, gte, lt } from "drizzle-orm";
import { alipayRefunds, alipayTrades } from "#db/schema/sim-alipay";
import { percentPlusFixed } from "#lib/kernel/money";
import type { Executor } from "./provider.ts";

/** One line of the trade bill; amounts in fen, negative for a refund, the fee negative for a charge. */
export interface BillRow {
  readonly type: "交易" | "退款";
  readonly tradeNo: string;
  readonly outTradeNo: string;
  readonly outRequestNo: string;
  readonly subject: string;
  readonly createdAt: Date;
  readonly finishedAt: Date;
  readonly storeId: string;
  readonly operatorId: string;
  readonly terminalId: string;
  readonly amount: bigint;
  readonly fee: bigint;
  readonly remark: string;
}

const feeBasisPoints = "60";

/** 0.6% of a payment, half-up to a fen. A refund does not bring it back. */
function feeOf(fen: bigint): bigint {
  return -percentPlusFixed(fen, feeBasisPoints, 0n);
}

type Period = { readonly from: Date; readonly to: Date };

async function paidRows(db: Executor, appId: string, { from, to }: Period): Promise<BillRow[]> {
  const trades = await db
    .select()
    .from(alipayTrades)
    .where(and(eq(alipayTrades.appId, appId), gte(alipayTrades.paidAt, from), lt(alipayTrades.paidAt, to)))
    .orderBy(asc(alipayTrades.paidAt));
  return trades.map((trade) => ({
    type: "交易",
    tradeNo: trade.tradeNo ?? "",
    outTradeNo: trade.outTradeNo,
    outRequestNo: "",
    subject: trade.subject,
    createdAt: trade.createdAt ?? trade.preparedAt,
    finishedAt: trade.paidAt ?? trade.preparedAt,
    storeId: trade.storeId ?? "",
    operatorId: trade.operatorId ?? "",
    terminalId: trade.terminalId ?? "",
    amount: trade.paidAmount ?? 0n,
    fee: feeOf(trade.paidAmount ?? 0n),
    remark: trade.body ?? "",
  }));
}

async function refundRows(db: Executor, appId: string, { from, to }: Period): Promise<BillRow[]> {
  const rows = await db
    .select({ refund: alipayRefunds, trade: alipayTrades })
    .from(alipayRefunds)
    .innerJoin(
      alipayTrades,
      and(eq(alipayTrades.appId, alipayRefunds.appId), eq(alipayTrades.outTradeNo, alipayRefunds.outTradeNo)),
    )
    .where(and(eq(alipayRefunds.appId, appId), gte(alipayRefunds.refundedAt, from), lt(alipayRefunds.refundedAt, to)))
    .orderBy(asc(alipayRefunds.refundedAt));
  return rows.map(({ refund, trade }) => ({
    type: "退款",
    tradeNo: trade.tradeNo ?? "",
    outTradeNo: trade.outTradeNo,
    outRequestNo: refund.outRequestNo,
    subject: trade.subject,
    createdAt: trade.createdAt ?? trade.preparedAt,
    finishedAt: refund.refundedAt ?? refund.requestedAt,
    storeId: trade.storeId ?? "",
    operatorId: refund.operatorId ?? "",
    terminalId: trade.terminalId ?? "",
    amount: -refund.amount,
    fee: 0n,
    remark: refund.reason ?? "",
  }));
}

/** Everything that was finished in the period, in the order it was. */
export async function billRows(db: Executor, appId: string, period: Period): Promise<BillRow[]> {
  const [paid, refunded] = await Promise.all([paidRows(db, appId, period), refundRows(db, appId, period)]);
  return [...paid, ...refunded].sort((a, b) => a.finishedAt.getTime() - b.finishedAt.getTime());
}
