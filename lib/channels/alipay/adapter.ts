import type {
  CallOptions,
  Capability,
  Channel,
  PaymentReference,
  PayOutcome,
  PayRequest,
  QueryOutcome,
  RefundOutcome,
  RefundRequest,
} from "../channel.ts";
import { type AlipayAccount, callAlipay, pageAddress } from "./client.ts";
import { type AlipayCredentials, credentialFields, credentials } from "./credentials.ts";
import {
  closedAfterQuery,
  closeOutcome,
  creationOutcome,
  queryOutcome,
  refundAfterQuery,
  refundOutcome,
  refundQueryOutcome,
} from "./mapper.ts";
import { acknowledge, readNotification } from "./notification.ts";
import { probe } from "./probe.ts";
import { jsapiRequest, refundRequest, tradeRequest, wapRequest } from "./requests.ts";
import { readStatement } from "./statement.ts";
import { createdTrade, precreated } from "./wire.ts";

export type { AlipayCredentials } from "./credentials.ts";

const common = {
  method: "alipay",
  currencies: ["CNY"],
  countries: "any",
  captureMethods: ["automatic"],
  minAmount: 1n,
  // total_amount is at most 100,000,000.00 yuan (channels.md §1.5).
  maxAmount: 10_000_000_000n,
  refundWindowDays: 365,
  partialRefund: true,
} as const;

const capabilities: readonly Capability[] = [
  { ...common, flow: "qr", devices: ["desktop", "mobile"] },
  { ...common, flow: "redirect", devices: ["desktop", "mobile"] },
  { ...common, flow: "wallet_sdk", devices: ["mobile"], walletBrowser: "alipay" },
];

/** A code can be scanned for two hours, however late the order expires (channels.md §1.5). */
const codeValidityMs = 2 * 60 * 60 * 1000;

/** Alipay's open platform for mainland China, through the form gateway that every product has. */
export const alipay: Channel<AlipayCredentials> = {
  name: "alipay",
  label: { en: "Alipay", "zh-CN": "支付宝" },
  capabilities,
  credentials,
  credentialFields,
  liveBaseUrl: "https://openapi.alipay.com",
  sandboxBaseUrl: "https://openapi-sandbox.dl.alipaydev.com",

  probe,

  async pay(account, request, options) {
    if (!isOffered(request)) return unavailable("UNSUPPORTED_REQUEST");
    switch (request.flow) {
      case "qr":
        return payByCode(account, request, options);
      case "redirect":
        return payByPage(account, request, options);
      case "wallet_sdk":
        return payInWallet(account, request, options);
      case "card_fields":
        return unavailable("UNSUPPORTED_REQUEST");
    }
  },

  query,

  async close(account, payment, options) {
    const bizContent = { out_trade_no: payment.reference };
    const outcome = closeOutcome(await callAlipay(account, { method: "alipay.trade.close", bizContent }, options));
    return outcome.kind === "query" ? closedAfterQuery(await query(account, payment, options)) : outcome;
  },

  async refund(account, request, options) {
    const call = { method: "alipay.trade.refund", bizContent: refundRequest(request) } as const;
    const outcome = refundOutcome(await callAlipay(account, call, options), request, options.now);
    return outcome.kind === "query" ? refundAfterQuery(await queryRefund(account, request, options), request) : outcome;
  },

  queryRefund,

  async readNotification(account, raw, { now }) {
    return readNotification(account.credentials, raw, now);
  },

  acknowledge,
  statement: readStatement,
};

async function query(account: AlipayAccount, payment: PaymentReference, options: CallOptions): Promise<QueryOutcome> {
  const call = { method: "alipay.trade.query", bizContent: { out_trade_no: payment.reference } } as const;
  return queryOutcome(await callAlipay(account, call, options), payment.reference, options.now);
}

async function queryRefund(
  account: AlipayAccount,
  request: RefundRequest,
  options: CallOptions,
): Promise<RefundOutcome> {
  const bizContent = {
    out_trade_no: request.reference,
    out_request_no: request.refundReference,
    query_options: ["gmt_refund_pay"],
  };
  const answer = await callAlipay(account, { method: "alipay.trade.fastpay.refund.query", bizContent }, options);
  return refundQueryOutcome(answer, request, options.now);
}

function isOffered(request: PayRequest): boolean {
  const { minor, currency } = request.amount;
  if (request.method !== common.method || currency !== "CNY" || request.captureMethod !== "automatic") return false;
  return minor >= common.minAmount && minor <= common.maxAmount;
}

function unavailable(providerCode: string): PayOutcome {
  return { kind: "declined", reason: "method_unavailable", providerCode };
}

/** Precreate: the shopper scans our code with the app. */
async function payByCode(account: AlipayAccount, request: PayRequest, options: CallOptions): Promise<PayOutcome> {
  const bizContent = tradeRequest(request, "FACE_TO_FACE_PAYMENT");
  const call = { method: "alipay.trade.precreate", bizContent, notifyUrl: request.notifyUrl } as const;
  const created = creationOutcome(await callAlipay(account, call, options), precreated, request.reference);
  if (created.kind !== "created") return created;
  const expiresAt = new Date(Math.min(request.expiresAt.getTime(), options.now.getTime() + codeValidityMs));
  return { kind: "pending", action: { type: "qr", content: created.body.qr_code, expiresAt: expiresAt.toISOString() } };
}

/** Page pay and WAP pay: a signed address that the shopper's browser opens, and no call of ours. */
async function payByPage(account: AlipayAccount, request: PayRequest, options: CallOptions): Promise<PayOutcome> {
  const { notifyUrl, returnUrl } = request;
  const page =
    request.shopper.device === "mobile"
      ? ({ method: "alipay.trade.wap.pay", bizContent: wapRequest(request) } as const)
      : ({
          method: "alipay.trade.page.pay",
          bizContent: tradeRequest(request, "FAST_INSTANT_TRADE_PAY"),
        } as const);
  const url = await pageAddress(account, { ...page, notifyUrl, returnUrl }, options.now);
  return { kind: "pending", action: { type: "redirect", url } };
}

/** JSAPI: our page runs inside the app and hands it the trade's number. */
async function payInWallet(account: AlipayAccount, request: PayRequest, options: CallOptions): Promise<PayOutcome> {
  const openId = request.shopper.walletUserId;
  if (!openId) return unavailable("OPEN_ID_REQUIRED");
  const bizContent = jsapiRequest(account.credentials, request, openId);
  const call = { method: "alipay.trade.create", bizContent, notifyUrl: request.notifyUrl } as const;
  const created = creationOutcome(await callAlipay(account, call, options), createdTrade, request.reference);
  if (created.kind !== "created") return created;
  const { trade_no: tradeNO } = created.body;
  return {
    kind: "pending",
    reference: tradeNO,
    action: { type: "wallet_sdk", wallet: "alipay", parameters: { tradeNO } },
  };
}
