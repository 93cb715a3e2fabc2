import type { Account } from "./accounts.ts";
import { beijingTime } from "./beijing.ts";
import { formEncode } from "./charset.ts";
import { notificationText, rsa2Sign } from "./sign.ts";
import type { Trade } from "./trade-state.ts";
import { yuan } from "./yuan.ts";

/** Where a shopper who has paid on a page goes: the merchant's return_url with a signed query of what was paid. */
export async function signedReturnUrl(account: Account, trade: Trade, now: Date): Promise<string | null> {
  if (!trade.returnUrl || !trade.tradeNo || trade.paidAmount === null) return null;
  const fields = {
    charset: trade.charset,
    out_trade_no: trade.outTradeNo,
    method: trade.kind === "wap" ? "alipay.trade.wap.pay.return" : "alipay.trade.page.pay.return",
    total_amount: yuan(trade.paidAmount),
    trade_no: trade.tradeNo,
    auth_app_id: account.appId,
    version: "1.0",
    app_id: account.appId,
    sign_type: "RSA2",
    seller_id: account.sellerId,
    timestamp: beijingTime(now),
  };
  const sign = await rsa2Sign(notificationText(fields), trade.charset, account.providerPrivateKey);
  const separator = trade.returnUrl.includes("?") ? "&" : "?";
  return `${trade.returnUrl}${separator}${formEncode({ ...fields, sign }, trade.charset)}`;
}
