import { type Answer, success } from "./answers.ts";
import { beijingTime } from "./beijing.ts";
import { parseContent, refundQueryContent } from "./content.ts";
import type { Call, Provider } from "./provider.ts";
import { listRefunds } from "./refunds.ts";
import { existing, findNamed } from "./trades.ts";
import { yuan } from "./yuan.ts";

/**
 * alipay.trade.fastpay.refund.query. Only a refund that succeeded has fields: one in progress and one that never was
 * both answer 10000 and nothing else.
 */
export async function queryRefund(provider: Provider, call: Call): Promise<Answer> {
  const content = parseContent(refundQueryContent, call.content);
  const trade = existing(await findNamed(provider.db, call.account.appId, content));
  const refunds = await listRefunds(provider.db, trade);
  const refund = refunds.find((candidate) => candidate.outRequestNo === content.out_request_no);
  if (refund?.status !== "REFUND_SUCCESS") return success({});
  const options = content.query_options ?? [];
  const amount = yuan(refund.amount);
  return success({
    ...(options.includes("gmt_refund_pay") && refund.refundedAt
      ? { gmt_refund_pay: beijingTime(refund.refundedAt) }
      : {}),
    out_request_no: refund.outRequestNo,
    out_trade_no: trade.outTradeNo,
    refund_amount: amount,
    ...(options.includes("refund_detail_item_list")
      ? { refund_detail_item_list: [{ amount, fund_channel: "ALIPAYACCOUNT" }] }
      : {}),
    refund_reason: refund.reason ?? undefined,
    refund_status: refund.status,
    total_amount: yuan(trade.paidAmount ?? trade.amount),
    trade_no: trade.tradeNo,
  });
}
