import { type Answer, refused, success } from "./answers.ts";
import { beijingDate } from "./beijing.ts";
import { namesContent, parseContent } from "./content.ts";
import { listFaults } from "./faults.ts";
import type { Call, Executor, Provider } from "./provider.ts";
import { applyRefund, insertRefund, listRefunds } from "./refunds.ts";
import { statusAt, type Trade } from "./trade-state.ts";
import { existing, lockNamed, updateTrade } from "./trades.ts";

/** alipay.trade.close: only while the shopper has yet to pay. A code nobody opened is no trade, and stays payable. */
export async function closeTrade(provider: Provider, call: Call): Promise<Answer> {
  const names = parseContent(namesContent, call.content);
  return provider.db.transaction(async (tx) => {
    const trade = existing(await lockNamed(tx, call.account.appId, names));
    if (statusAt(trade, call.now) !== "WAIT_BUYER_PAY") throw refused("ACQ.TRADE_STATUS_ERROR");
    await updateTrade(tx, trade, { status: "TRADE_CLOSED", closedAt: call.now, payDueAt: null });
    return success({ out_trade_no: trade.outTradeNo, trade_no: trade.tradeNo });
  });
}

/**
 * alipay.trade.cancel: makes sure that the number is not paid, whatever became of it. It closes what is unpaid, gives
 * back what was paid the same Beijing day, and calls off what nobody has opened (then without `action`).
 */
export async function cancelTrade(provider: Provider, call: Call): Promise<Answer> {
  const names = parseContent(namesContent, call.content);
  return provider.db.transaction(async (tx) => {
    const trade = await lockNamed(tx, call.account.appId, names);
    if (!trade) return canceled(names.out_trade_no, undefined, undefined);
    const action = trade.cancelAction ?? (await cancelLocked(tx, call, trade));
    return canceled(trade.outTradeNo, trade.tradeNo ?? undefined, action);
  });
}

function canceled(outTradeNo: string | undefined, tradeNo: string | undefined, action: string | undefined): Answer {
  return success({ action, out_trade_no: outTradeNo, retry_flag: "N", trade_no: tradeNo });
}

async function cancelLocked(db: Executor, call: Call, trade: Trade): Promise<string | undefined> {
  switch (statusAt(trade, call.now)) {
    case "PREPARED":
      await updateTrade(db, trade, { status: "CALLED_OFF" });
      return undefined;
    case "CALLED_OFF":
      return undefined;
    case "WAIT_BUYER_PAY":
      await updateTrade(db, trade, {
        status: "TRADE_CLOSED",
        closedAt: call.now,
        payDueAt: null,
        cancelAction: "close",
      });
      return "close";
    case "TRADE_CLOSED":
      if (trade.paidAmount !== null) throw refused("ACQ.CANCEL_NOT_ALLOWED");
      return "close";
    case "TRADE_FINISHED":
      throw refused("ACQ.TRADE_HAS_FINISHED");
    case "TRADE_SUCCESS":
      return refundWhole(db, call, trade);
  }
}

async function refundWhole(db: Executor, call: Call, trade: Trade): Promise<string> {
  const { account, now } = call;
  if (trade.paidAt && beijingDate(trade.paidAt) !== beijingDate(now)) throw refused("ACQ.TRADE_CANCEL_TIME_OUT");
  const refunds = await listRefunds(db, trade);
  if (refunds.length > 0 || trade.paidAmount === null) throw refused("ACQ.CANCEL_NOT_ALLOWED");
  const refund = { outRequestNo: trade.outTradeNo, amount: trade.paidAmount };
  await insertRefund(db, {
    appId: trade.appId,
    outTradeNo: trade.outTradeNo,
    ...refund,
    status: "REFUND_SUCCESS",
    requestedAt: now,
    refundedAt: now,
  });
  const faults = await listFaults(db, account.appId);
  await applyRefund(db, account, trade, refund, { now, faults, cancelAction: "refund" });
  return "refund";
}
