import { type Answer, success } from "./answers.ts";
import { beijingTime } from "./beijing.ts";
import { buyer } from "./buyer.ts";
import { namesContent, parseContent } from "./content.ts";
import type { Call, Provider } from "./provider.ts";
import { statusAt } from "./trade-state.ts";
import { existing, findNamed } from "./trades.ts";
import { yuan } from "./yuan.ts";

/** alipay.trade.query. The amounts of what was paid are zero until it was. */
export async function queryTrade(provider: Provider, call: Call): Promise<Answer> {
  const names = parseContent(namesContent, call.content);
  const trade = existing(await findNamed(provider.db, call.account.appId, names));
  const paid = yuan(trade.paidAmount ?? 0n);
  return success({
    buyer_logon_id: buyer.logonId,
    buyer_open_id: buyer.openId,
    buyer_pay_amount: paid,
    buyer_user_id: buyer.userId,
    buyer_user_type: "PRIVATE",
    ...(trade.paidAmount === null ? {} : { fund_bill_list: [{ amount: paid, fund_channel: "ALIPAYACCOUNT" }] }),
    invoice_amount: paid,
    out_trade_no: trade.outTradeNo,
    passback_params: trade.passbackParams ?? undefined,
    point_amount: "0.00",
    receipt_amount: paid,
    send_pay_date: trade.paidAt ? beijingTime(trade.paidAt) : undefined,
    store_id: trade.storeId ?? undefined,
    subject: trade.subject,
    terminal_id: trade.terminalId ?? undefined,
    total_amount: yuan(trade.paidAmount ?? trade.amount),
    trade_no: trade.tradeNo,
    trade_status: statusAt(trade, call.now),
  });
}
