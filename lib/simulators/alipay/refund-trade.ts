import type { z } from "zod";
import { type Answer, invalidParameter, refused, success } from "./answers.ts";
import { beijingTime } from "./beijing.ts";
import { buyer } from "./buyer.ts";
import { parseContent, refundContent } from "./content.ts";
import { faultFor, listFaults, spend } from "./faults.ts";
import type { Call, Executor, Provider } from "./provider.ts";
import { applyRefund, insertRefund, listRefunds, type Refund } from "./refunds.ts";
import { statusAt, type Trade } from "./trade-state.ts";
import { existing, lockNamed } from "./trades.ts";
import { yuan } from "./yuan.ts";

type Content = z.output<typeof refundContent>;

/** `fund_change` says whether this very call moved money; `refund_fee` is what was refunded on the trade in all. */
function refundAnswer(trade: Trade, moved: bigint, at: Date): Answer {
  return success({
    buyer_logon_id: buyer.logonId,
    buyer_open_id: buyer.openId,
    buyer_user_id: buyer.userId,
    fund_change: moved > 0n ? "Y" : "N",
    gmt_refund_pay: beijingTime(at),
    out_trade_no: trade.outTradeNo,
    refund_fee: yuan(trade.refundedAmount),
    send_back_fee: yuan(moved),
    trade_no: trade.tradeNo,
  });
}

function checkRefundable(trade: Trade, refunds: readonly Refund[], content: Content, now: Date): void {
  if (trade.paidAmount === null) throw refused("ACQ.TRADE_STATUS_ERROR");
  if (statusAt(trade, now) === "TRADE_FINISHED") throw refused("ACQ.TRADE_HAS_FINISHED");
  const taken = refunds.reduce((sum, refund) => sum + refund.amount, 0n);
  if (taken + content.refund_amount > trade.paidAmount) throw refused("ACQ.REASON_TRADE_REFUND_FEE_ERR");
  if (!content.out_request_no && content.refund_amount !== trade.paidAmount) throw invalidParameter("out_request_no");
}

/**
 * alipay.trade.refund. The same out_request_no with the same amount answers again and moves nothing; with another amount
 * it is refused. A request without one is the whole trade's, under out_trade_no.
 */
export async function refundTrade(provider: Provider, call: Call): Promise<Answer> {
  const content = parseContent(refundContent, call.content);
  return provider.db.transaction(async (tx) => {
    const trade = existing(await lockNamed(tx, call.account.appId, content));
    const refunds = await listRefunds(tx, trade);
    const outRequestNo = content.out_request_no ?? trade.outTradeNo;
    const earlier = refunds.find((refund) => refund.outRequestNo === outRequestNo);
    if (earlier) {
      if (earlier.amount !== content.refund_amount) throw refused("ACQ.DISCORDANT_REPEAT_REQUEST");
      return refundAnswer(trade, 0n, earlier.refundedAt ?? earlier.requestedAt);
    }
    checkRefundable(trade, refunds, content, call.now);
    return acceptRefund(tx, call, trade, content, outRequestNo);
  });
}

async function acceptRefund(
  db: Executor,
  call: Call,
  trade: Trade,
  content: Content,
  outRequestNo: string,
): Promise<Answer> {
  const { account, now } = call;
  const faults = await listFaults(db, account.appId);
  const match = { references: [outRequestNo, trade.outTradeNo] };
  // Answered, not thrown: a throw would roll the used-up fault back as well.
  if (await spend(db, faultFor(faults, "fail_refund", match))) return refused("ACQ.SELLER_BALANCE_NOT_ENOUGH").answer();
  const slow = faultFor(faults, "slow_refund", match);
  const isSlow = await spend(db, slow);
  await insertRefund(db, {
    appId: trade.appId,
    outTradeNo: trade.outTradeNo,
    outRequestNo,
    amount: content.refund_amount,
    reason: content.refund_reason ?? null,
    operatorId: content.operator_id ?? null,
    status: isSlow ? "PROCESSING" : "REFUND_SUCCESS",
    requestedAt: now,
    settleAt: isSlow ? new Date(now.getTime() + (slow?.delayMs ?? 0)) : null,
    refundedAt: isSlow ? null : now,
  });
  if (isSlow) return refundAnswer(trade, 0n, now);
  const refund = { outRequestNo, amount: content.refund_amount };
  const refunded = await applyRefund(db, account, trade, refund, { now, faults });
  return refundAnswer(refunded, content.refund_amount, now);
}
