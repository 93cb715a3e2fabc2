import { randomInt } from "node:crypto";
import { alipayTrades } from "#db/schema/sim-alipay";
import { invalidParameter, refused } from "./answers.ts";
import { dayMs } from "./beijing.ts";
import { type PayContent, parseContent, payContent } from "./content.ts";
import type { Call, Provider } from "./provider.ts";
import { canOpen, opened, statusAt, type Trade, type TradeKind, timeoutMs } from "./trade-state.ts";
import { findTrade } from "./trades.ts";
import { maxFen } from "./yuan.ts";

/** The first is what a request without product_code means, where one may be left out. */
const productCodes: Record<TradeKind, { readonly allowed: readonly string[]; readonly isRequired: boolean }> = {
  precreate: { allowed: ["FACE_TO_FACE_PAYMENT", "QR_CODE_OFFLINE"], isRequired: false },
  page: { allowed: ["FAST_INSTANT_TRADE_PAY"], isRequired: true },
  wap: { allowed: ["QUICK_WAP_WAY"], isRequired: true },
  create: { allowed: ["FACE_TO_FACE_PAYMENT", "JSAPI_PAY"], isRequired: false },
};

const codeLifeMs: Record<TradeKind, number> = {
  precreate: 2 * 3_600_000,
  page: 15 * dayMs,
  wap: 15 * dayMs,
  create: 15 * dayMs,
};

/** The path of a code, in the form that precreate's have: `bax` and 21 characters. */
function newCode(): string {
  return `bax${Array.from({ length: 21 }, () => randomInt(36).toString(36)).join("")}`;
}

function checkUrl(name: string, url: string | undefined): string | null {
  if (!url) return null;
  if (url.length > 256 || !/^https?:\/\//i.test(url) || !URL.canParse(url)) throw invalidParameter(name);
  return url;
}

function check(kind: TradeKind, content: PayContent, now: Date): void {
  const product = productCodes[kind];
  if (content.product_code ? !product.allowed.includes(content.product_code) : product.isRequired) {
    throw invalidParameter("product_code");
  }
  if (content.total_amount > maxFen) throw refused("ACQ.TOTAL_FEE_EXCEED");
  if (content.time_expire && content.time_expire <= now) throw invalidParameter("time_expire");
  if (kind === "create" && !content.buyer_id && !content.buyer_open_id) throw invalidParameter("buyer_id");
  if (content.product_code === "JSAPI_PAY" && !content.op_app_id) throw invalidParameter("op_app_id");
}

function rowOf(call: Call, kind: TradeKind, content: PayContent): typeof alipayTrades.$inferInsert {
  const codeMs = content.qr_code_timeout_express && timeoutMs(content.qr_code_timeout_express, call.now);
  const base = {
    appId: call.account.appId,
    outTradeNo: content.out_trade_no,
    kind,
    status: "PREPARED",
    code: newCode(),
    codeExpiresAt: new Date(call.now.getTime() + (codeMs || codeLifeMs[kind])),
    amount: content.total_amount,
    refundedAmount: 0n,
    subject: content.subject,
    body: content.body ?? null,
    storeId: content.store_id ?? null,
    operatorId: content.operator_id ?? null,
    terminalId: content.terminal_id ?? null,
    passbackParams: content.passback_params ?? null,
    charset: call.charset,
    notifyUrl: checkUrl("notify_url", call.common.notify_url),
    returnUrl: checkUrl("return_url", call.common.return_url),
    quitUrl: checkUrl("quit_url", content.quit_url),
    timeoutExpress: content.timeout_express ?? null,
    timeExpire: content.time_expire ?? null,
    preparedAt: call.now,
  };
  // JSAPI hands the shopper a trade that already exists.
  return kind === "create" ? { ...base, ...opened(base, call.now) } : base;
}

/** The same request again leads to the same trade; another amount, subject or way to pay under its number is refused. */
function repeated(trade: Trade, kind: TradeKind, content: PayContent, now: Date): Trade {
  switch (statusAt(trade, now)) {
    case "TRADE_SUCCESS":
    case "TRADE_FINISHED":
      throw refused("ACQ.TRADE_HAS_SUCCESS");
    case "TRADE_CLOSED":
    case "CALLED_OFF":
      throw refused("ACQ.TRADE_HAS_CLOSE");
    case "PREPARED":
      if (!canOpen(trade, now)) throw refused("ACQ.TRADE_HAS_CLOSE");
      break;
    case "WAIT_BUYER_PAY":
      break;
  }
  const isSame = trade.kind === kind && trade.amount === content.total_amount && trade.subject === content.subject;
  if (!isSame) throw refused("ACQ.CONTEXT_INCONSISTENT");
  return trade;
}

/**
 * Takes the merchant's wish to be paid, whichever way the shopper will come to it.
 *
 * @throws Refusal for bad parameters, or a number that was used for something else
 */
export async function prepareTrade(provider: Provider, call: Call, kind: TradeKind): Promise<Trade> {
  const content = parseContent(payContent, call.content);
  check(kind, content, call.now);
  const [made] = await provider.db
    .insert(alipayTrades)
    .values(rowOf(call, kind, content))
    .onConflictDoNothing()
    .returning();
  if (made) return made;
  const trade = await findTrade(provider.db, call.account.appId, content.out_trade_no);
  if (!trade) throw refused("ACQ.SYSTEM_ERROR");
  return repeated(trade, kind, content, call.now);
}
