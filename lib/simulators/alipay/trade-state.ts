import type { alipayTrades } from "#db/schema/sim-alipay";
import { randomDigits } from "./accounts.ts";
import { beijingDate, dayMs } from "./beijing.ts";

export type Trade = typeof alipayTrades.$inferSelect;

/** How the shopper comes to the trade. */
export type TradeKind = "precreate" | "page" | "wap" | "create";

/** The provider's states, and two of its inside: asked for but not opened yet, and called off before it was opened. */
export type TradeStatus =
  | "PREPARED"
  | "CALLED_OFF"
  | "WAIT_BUYER_PAY"
  | "TRADE_SUCCESS"
  | "TRADE_CLOSED"
  | "TRADE_FINISHED";

/** Refunds are open for twelve months after the payment; then the trade is finished. */
export const refundWindowMs = 365 * dayMs;

const defaultTimeoutMs = 15 * dayMs;

/** The state at an instant. Timeouts are read off the clock, not written, because nobody is told about them. */
export function statusAt(trade: Trade, now: Date): TradeStatus {
  const status = trade.status as TradeStatus;
  if (status === "WAIT_BUYER_PAY" && trade.expiresAt && trade.expiresAt <= now) return "TRADE_CLOSED";
  if (status === "TRADE_SUCCESS" && trade.paidAt && trade.paidAt.getTime() + refundWindowMs <= now.getTime()) {
    return "TRADE_FINISHED";
  }
  return status;
}

/** Whether a query finds it: before the shopper opened the code or the cashier there is no trade. */
export function exists(trade: Trade): boolean {
  return trade.tradeNo !== null;
}

/** Milliseconds from `now` of `90m`, `2h`, `15d`, or to the end of the Beijing day for `1c`; undefined when malformed. */
export function timeoutMs(express: string, now: Date): number | undefined {
  if (express === "1c") {
    const midnight = new Date(`${beijingDate(now)}T00:00:00+08:00`).getTime() + dayMs;
    return midnight - now.getTime();
  }
  const match = /^([1-9]\d{0,5})([mhd])$/.exec(express);
  if (!match) return undefined;
  const unitMs = { m: 60_000, h: 3_600_000, d: dayMs }[match[2] as "m" | "h" | "d"];
  const ms = Number(match[1]) * unitMs;
  return ms <= defaultTimeoutMs ? ms : undefined;
}

/** What a trade gets when it comes to be. timeout_express counts from here, time_expire is absolute; the earlier rules. */
export function opened(trade: Pick<Trade, "timeoutExpress" | "timeExpire">, now: Date) {
  const relativeMs = (trade.timeoutExpress && timeoutMs(trade.timeoutExpress, now)) || defaultTimeoutMs;
  const relative = new Date(now.getTime() + relativeMs);
  const expiresAt = trade.timeExpire && trade.timeExpire < relative ? trade.timeExpire : relative;
  return { status: "WAIT_BUYER_PAY", tradeNo: newTradeNo(now), createdAt: now, expiresAt } as const;
}

/** 28 digits that begin with the Beijing date. */
function newTradeNo(now: Date): string {
  return `${beijingDate(now).replaceAll("-", "")}22001${randomDigits(15)}`;
}

/** When a code or cashier can no longer be opened. */
export function canOpen(trade: Trade, now: Date): boolean {
  return trade.status === "PREPARED" && now < trade.codeExpiresAt && (!trade.timeExpire || now < trade.timeExpire);
}
