import type {
  CallOptions,
  Capability,
  Channel,
  PaymentReference,
  PayOutcome,
  PayRequest,
  RefundRequest,
} from "../channel.ts";
import { callWechatpay, type WechatpayAccount } from "./client.ts";
import { credentialFields, credentials, credentialsExpireAt, type WechatpayCredentials } from "./credentials.ts";
import { closeOutcome, creationOutcome, queryOutcome, refundOutcome, refundQueryOutcome } from "./mapper.ts";
import { acknowledge, readNotification } from "./notification.ts";
import { probe } from "./probe.ts";
import { h5Address, h5Request, jsapiRequest, refundRequest, transactionRequest } from "./requests.ts";
import { jsapiParameters, newStamp } from "./sign.ts";
import { readStatement } from "./statement.ts";
import type { CreatedTransaction, CreateTransaction } from "./wire.ts";

export type { WechatpayCredentials } from "./credentials.ts";

const common = {
  method: "wechat_pay",
  currencies: ["CNY"],
  countries: "any",
  captureMethods: ["automatic"],
  minAmount: 1n,
  // The provider publishes no limit; its own Java SDK holds amount.total in 32 bits.
  maxAmount: 2_147_483_647n,
  refundWindowDays: 365,
  partialRefund: true,
} as const;

const capabilities: readonly Capability[] = [
  { ...common, flow: "qr", devices: ["desktop", "mobile"] },
  { ...common, flow: "redirect", devices: ["mobile"] },
  { ...common, flow: "wallet_sdk", devices: ["mobile", "desktop"], walletBrowser: "wechat_pay" },
];

/** A code can be scanned for two hours, however late the order expires (channels.md §2.5). */
const codeValidityMs = 2 * 60 * 60 * 1000;

/** WeChat Pay API v3, merchant mode with a WeChat Pay public key. */
export const wechatpay: Channel<WechatpayCredentials> = {
  name: "wechatpay",
  label: { en: "WeChat Pay", "zh-CN": "微信支付" },
  capabilities,
  credentials,
  credentialFields,
  liveBaseUrl: "https://api.mch.weixin.qq.com",

  probe,
  credentialsExpireAt: (account) => credentialsExpireAt(account.credentials),

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

  async query(account, payment, options) {
    const path = `${transactionPath(payment)}?mchid=${account.credentials.mchid}`;
    return queryOutcome(await callWechatpay(account, { method: "GET", path }, options), payment.reference);
  },

  async close(account, payment, options) {
    const body = { mchid: account.credentials.mchid };
    return closeOutcome(
      await callWechatpay(account, { method: "POST", path: `${transactionPath(payment)}/close`, body }, options),
    );
  },

  async refund(account, request, options) {
    const call = { method: "POST", path: "/v3/refund/domestic/refunds", body: refundRequest(request) } as const;
    return refundOutcome(await callWechatpay(account, call, options));
  },

  async queryRefund(account, request, options) {
    return refundQueryOutcome(await callWechatpay(account, { method: "GET", path: refundPath(request) }, options));
  },

  async readNotification(account, raw, { now }) {
    return readNotification(account.credentials, raw, now);
  },

  acknowledge,
  statement: readStatement,
};

function transactionPath(payment: PaymentReference): string {
  return `/v3/pay/transactions/out-trade-no/${encodeURIComponent(payment.reference)}`;
}

function refundPath(request: RefundRequest): string {
  return `/v3/refund/domestic/refunds/${encodeURIComponent(request.refundReference)}`;
}

function isOffered(request: PayRequest): boolean {
  const { minor, currency } = request.amount;
  if (request.method !== common.method || currency !== "CNY" || request.captureMethod !== "automatic") return false;
  return minor >= common.minAmount && minor <= common.maxAmount;
}

function unavailable(providerCode: string): PayOutcome {
  return { kind: "declined", reason: "method_unavailable", providerCode };
}

/** Native: the shopper scans our code with the app. */
async function payByCode(account: WechatpayAccount, request: PayRequest, options: CallOptions): Promise<PayOutcome> {
  const created = await create(account, "native", transactionRequest(account.credentials, request), options);
  if (created.kind !== "created") return created;
  const content = created.body.code_url;
  if (!content) return missing("code_url");
  const expiresAt = new Date(Math.min(request.expiresAt.getTime(), options.now.getTime() + codeValidityMs));
  return { kind: "pending", action: { type: "qr", content, expiresAt: expiresAt.toISOString() } };
}

/** H5: a page that opens the app from the phone's browser. */
async function payByPage(account: WechatpayAccount, request: PayRequest, options: CallOptions): Promise<PayOutcome> {
  const created = await create(account, "h5", h5Request(account.credentials, request), options);
  if (created.kind !== "created") return created;
  if (!created.body.h5_url) return missing("h5_url");
  return { kind: "pending", action: { type: "redirect", url: h5Address(created.body.h5_url, request.returnUrl) } };
}

/** JSAPI: our page runs inside the app and hands it signed parameters. */
async function payInWallet(account: WechatpayAccount, request: PayRequest, options: CallOptions): Promise<PayOutcome> {
  const openid = request.shopper.walletUserId;
  if (!openid) return unavailable("OPENID_REQUIRED");
  const created = await create(account, "jsapi", jsapiRequest(account.credentials, request, openid), options);
  if (created.kind !== "created") return created;
  if (!created.body.prepay_id) return missing("prepay_id");
  const parameters = await jsapiParameters(account.credentials, created.body.prepay_id, newStamp(options.now));
  return { kind: "pending", action: { type: "wallet_sdk", wallet: "wechat_pay", parameters } };
}

async function create(
  account: WechatpayAccount,
  kind: "native" | "h5" | "jsapi",
  body: CreateTransaction,
  options: CallOptions,
): Promise<{ readonly kind: "created"; readonly body: CreatedTransaction } | PayOutcome> {
  return creationOutcome(
    await callWechatpay(account, { method: "POST", path: `/v3/pay/transactions/${kind}`, body }, options),
  );
}

function missing(field: string): PayOutcome {
  return { kind: "unknown", cause: `answer to a creation without ${field}` };
}
