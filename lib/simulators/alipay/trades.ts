import { and, eq, type SQL } from "drizzle-orm";
import { alipayTrades } from "#db/schema/sim-alipay";
import { invalidParameter, refused } from "./answers.ts";
import type { Executor } from "./provider.ts";
import { exists, type Trade } from "./trade-state.ts";

function keyOf(trade: Pick<Trade, "appId" | "outTradeNo">): SQL | undefined {
  return and(eq(alipayTrades.appId, trade.appId), eq(alipayTrades.outTradeNo, trade.outTradeNo));
}

export async function findTrade(db: Executor, appId: string, outTradeNo: string): Promise<Trade | undefined> {
  const [trade] = await db.select().from(alipayTrades).where(keyOf({ appId, outTradeNo }));
  return trade;
}

/** Locked until the transaction ends. */
export async function lockTrade(db: Executor, key: Pick<Trade, "appId" | "outTradeNo">): Promise<Trade | undefined> {
  const [trade] = await db.select().from(alipayTrades).where(keyOf(key)).for("update");
  return trade;
}

/** The same, but undefined when another process is at work on it. */
export async function lockIfFree(db: Executor, key: Pick<Trade, "appId" | "outTradeNo">): Promise<Trade | undefined> {
  const [trade] = await db.select().from(alipayTrades).where(keyOf(key)).for("update", { skipLocked: true });
  return trade;
}

export async function updateTrade(
  db: Executor,
  key: Pick<Trade, "appId" | "outTradeNo">,
  changes: Partial<Trade>,
): Promise<Trade> {
  const [trade] = await db.update(alipayTrades).set(changes).where(keyOf(key)).returning();
  if (!trade) throw new Error("trade vanished");
  return trade;
}

/** What a request names a trade by; trade_no rules when both are there. */
export interface TradeNames {
  readonly trade_no?: string | undefined;
  readonly out_trade_no?: string | undefined;
}

function named(appId: string, names: TradeNames): SQL | undefined {
  if (names.trade_no) return and(eq(alipayTrades.tradeNo, names.trade_no), eq(alipayTrades.appId, appId));
  if (names.out_trade_no) return keyOf({ appId, outTradeNo: names.out_trade_no });
  throw invalidParameter("商户订单号和支付宝交易号不能同时为空");
}

/** The app's trade, or undefined when there is no such row, even one that the shopper has not opened. */
export async function findNamed(db: Executor, appId: string, names: TradeNames): Promise<Trade | undefined> {
  const [trade] = await db.select().from(alipayTrades).where(named(appId, names));
  return trade;
}

/** Locked until the transaction ends. */
export async function lockNamed(db: Executor, appId: string, names: TradeNames): Promise<Trade | undefined> {
  const [trade] = await db.select().from(alipayTrades).where(named(appId, names)).for("update");
  return trade;
}

/** @throws Refusal ACQ.TRADE_NOT_EXIST when the shopper has not opened it, word for word as when it never was */
export function existing(trade: Trade | undefined): Trade {
  if (!trade || !exists(trade)) throw refused("ACQ.TRADE_NOT_EXIST");
  return trade;
}
