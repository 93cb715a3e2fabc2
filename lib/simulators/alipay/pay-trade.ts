import { and, eq, lte } from "drizzle-orm";
import { alipayTrades } from "#db/schema/sim-alipay";
import type { Account } from "./accounts.ts";
import { faultFor, listFaults, spend } from "./faults.ts";
import { enqueueNotification, insertNotificationIf, notificationRow } from "./notifications.ts";
import type { Executor, Provider } from "./provider.ts";
import { canOpen, opened, statusAt, type Trade } from "./trade-state.ts";
import { findTrade, lockIfFree, lockTrade, updateTrade } from "./trades.ts";

type TradeKey = Pick<Trade, "appId" | "outTradeNo">;

/** The trade comes to be when the shopper opens its code or cashier. Opening it again changes nothing. */
export async function openTrade(provider: Provider, key: TradeKey): Promise<Trade | undefined> {
  return provider.db.transaction(async (tx) => {
    const trade = await lockTrade(tx, key);
    return trade && openLocked(tx, trade, provider.clock.now());
  });
}

async function openLocked(db: Executor, trade: Trade, now: Date): Promise<Trade> {
  return canOpen(trade, now) ? updateTrade(db, trade, opened(trade, now)) : trade;
}

/**
 * The shopper pays, now or `afterMs` from now. A trade that is paid, closed or timed out stays as it is: the wallet
 * shows its state instead.
 */
export async function payTrade(
  provider: Provider,
  account: Account,
  key: TradeKey,
  afterMs = 0,
): Promise<Trade | undefined> {
  const now = provider.clock.now();
  if (afterMs === 0) {
    const paid = await payAtOnce(provider, account, key, now);
    if (paid) return paid;
  }
  return provider.db.transaction(async (tx) => {
    const found = await lockTrade(tx, key);
    if (!found) return undefined;
    const trade = afterMs > 0 ? await openLocked(tx, found, now) : openedOnPaper(found, now);
    if (statusAt(trade, now) !== "WAIT_BUYER_PAY") return found;
    if (afterMs === 0) return settlePayment(tx, account, trade, now);
    return updateTrade(tx, trade, { payDueAt: new Date(now.getTime() + afterMs), failureCode: null });
  });
}

/** Opening and paying in one update: load tests pay thousands of codes that nobody looked at. */
function openedOnPaper(trade: Trade, now: Date): Trade {
  return canOpen(trade, now) ? { ...trade, ...opened(trade, now) } : trade;
}

function settlement(trade: Trade, paidAmount: bigint, now: Date) {
  return {
    status: "TRADE_SUCCESS",
    tradeNo: trade.tradeNo,
    createdAt: trade.createdAt,
    expiresAt: trade.expiresAt,
    paidAmount,
    paidAt: now,
    payDueAt: null,
    failureCode: null,
  };
}

/**
 * The way of nearly every payment, without a lock and in one statement: the state read before is the condition, and the
 * notification is inserted only if it still held. Undefined when it did not, or a fault is set: then the locked way
 * finds out.
 */
async function payAtOnce(provider: Provider, account: Account, key: TradeKey, now: Date): Promise<Trade | undefined> {
  const { db } = provider;
  const [found, faults] = await Promise.all([findTrade(db, key.appId, key.outTradeNo), listFaults(db, key.appId)]);
  if (!found || faults.length > 0) return undefined;
  const trade = openedOnPaper(found, now);
  if (statusAt(trade, now) !== "WAIT_BUYER_PAY") return undefined;

  const changes = settlement(trade, trade.amount, now);
  const unchanged = and(
    eq(alipayTrades.appId, key.appId),
    eq(alipayTrades.outTradeNo, key.outTradeNo),
    eq(alipayTrades.status, found.status),
  );
  const paid: Trade = { ...trade, ...changes };
  const update = db
    .update(alipayTrades)
    .set(changes)
    .where(unchanged)
    .returning({ outTradeNo: alipayTrades.outTradeNo });
  const notification = notificationRow(account, paid, { now });
  const isPaid = notification ? await insertNotificationIf(db, update, notification) : (await update).length === 1;
  return isPaid ? paid : undefined;
}

async function settlePayment(db: Executor, account: Account, trade: Trade, now: Date): Promise<Trade> {
  const faults = await listFaults(db, account.appId);
  const wrong = faultFor(faults, "wrong_amount", { references: [trade.outTradeNo] });
  const isWrong = await spend(db, wrong);
  const paidAmount = (isWrong ? wrong?.amount : undefined) ?? trade.amount;
  const paid = await updateTrade(db, trade, settlement(trade, paidAmount, now));
  await enqueueNotification(db, account, paid, { now, faults });
  return paid;
}

/** Finishes the slow payments whose time has come; one that was closed meanwhile is left unpaid. Returns how many. */
export async function payDue(provider: Provider): Promise<number> {
  const now = provider.clock.now();
  const { appId, outTradeNo, payDueAt } = alipayTrades;
  const due = await provider.db.select({ appId, outTradeNo }).from(alipayTrades).where(lte(payDueAt, now)).limit(200);
  let handled = 0;
  for (const key of due) {
    const account = await provider.accounts.require({ app_id: key.appId });
    handled += await provider.db.transaction(async (tx) => {
      const trade = await lockIfFree(tx, key);
      if (!trade?.payDueAt || trade.payDueAt > now) return 0;
      // A payment is made at its own moment, however late this runs.
      if (statusAt(trade, trade.payDueAt) === "WAIT_BUYER_PAY") await settlePayment(tx, account, trade, trade.payDueAt);
      else await updateTrade(tx, trade, { payDueAt: null });
      return 1;
    });
  }
  return handled;
}
