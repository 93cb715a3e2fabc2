import type { Operation } from "../simulator.ts";
import { type Answer, success } from "./answers.ts";
import { billUrl } from "./bill.ts";
import { cancelTrade, closeTrade } from "./close-trade.ts";
import { prepareTrade } from "./prepare-trade.ts";
import type { Call, Provider } from "./provider.ts";
import { queryRefund } from "./query-refund.ts";
import { queryTrade } from "./query-trade.ts";
import { refundTrade } from "./refund-trade.ts";

export interface Method {
  readonly operation: Operation;
  readonly run: (provider: Provider, call: Call) => Promise<Answer>;
}

/** The methods that a browser brings along instead of a server; their answer is where the browser goes next. */
export interface PageMethod {
  readonly operation: Operation;
  readonly locate: (provider: Provider, call: Call) => Promise<string>;
}

export const methods: Readonly<Record<string, Method>> = {
  "alipay.trade.precreate": { operation: "pay", run: precreate },
  "alipay.trade.create": { operation: "pay", run: create },
  "alipay.trade.query": { operation: "query", run: queryTrade },
  "alipay.trade.close": { operation: "close", run: closeTrade },
  "alipay.trade.cancel": { operation: "close", run: cancelTrade },
  "alipay.trade.refund": { operation: "refund", run: refundTrade },
  "alipay.trade.fastpay.refund.query": { operation: "query_refund", run: queryRefund },
  "alipay.data.dataservice.bill.downloadurl.query": { operation: "statement", run: billUrl },
};

export const pageMethods: Readonly<Record<string, PageMethod>> = {
  "alipay.trade.page.pay": { operation: "pay", locate: (provider, call) => cashier(provider, call, "page") },
  "alipay.trade.wap.pay": { operation: "pay", locate: (provider, call) => cashier(provider, call, "wap") },
};

async function precreate(provider: Provider, call: Call): Promise<Answer> {
  const trade = await prepareTrade(provider, call, "precreate");
  return success({ out_trade_no: trade.outTradeNo, qr_code: `https://qr.alipay.com/${trade.code}` });
}

async function create(provider: Provider, call: Call): Promise<Answer> {
  const trade = await prepareTrade(provider, call, "create");
  return success({ out_trade_no: trade.outTradeNo, trade_no: trade.tradeNo });
}

async function cashier(provider: Provider, call: Call, kind: "page" | "wap"): Promise<string> {
  const trade = await prepareTrade(provider, call, kind);
  return `${provider.publicUrl}/sandbox/alipay/cashier?code=${trade.code}`;
}
