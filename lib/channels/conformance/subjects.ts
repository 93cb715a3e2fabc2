import type { CurrencyCode } from "#lib/kernel/currency";
import type { Action, ChannelAccount, Device, Flow, Method } from "../channel.ts";
import { createWebhookEndpoint } from "../stripe/webhook-endpoint.ts";
import { stripeCredentials } from "../stripe/wire.ts";

/** One way through a channel, and what the shopper is asked to do on it. */
export interface Way {
  readonly label: string;
  readonly method: Method;
  readonly flow: Flow;
  readonly device: Device;
  readonly walletUserId?: string;
  /** The number that the test shopper types, where a card is typed. */
  readonly card?: string;
  /** Nothing when the answer to `pay` is already the result. */
  readonly action?: Action["type"];
  /**
   * What a query says until the shopper does something, where that is not "pending". Alipay keeps no trade of a code or a
   * page before that, so its "no such trade" is not the end of an attempt whose action was shown.
   */
  readonly untouched?: "absent";
  /** The address in the action is the provider's own, and the payment exists there once a browser has opened it. */
  readonly opensAtProvider?: boolean;
}

/** What the suite has to know of a channel, because providers differ in what they can say. */
export interface Subject {
  readonly channel: string;
  readonly currency: CurrencyCode;
  readonly timeZone: "UTC" | "Asia/Shanghai";
  /** Where the simulator is mounted on its port. */
  readonly path: string;
  /** Opening an account makes RSA keys, which costs more than a case: the cases share one. */
  readonly sharesAccount: boolean;
  readonly ways: readonly [Way, ...Way[]];
  /** The way that leaves a payment open until the shopper acts. */
  readonly openWay: Way;
  /** The way on which `pay` itself calls the provider, where another way only makes an address for the browser. */
  readonly calledWay: Way;
  /** The provider has no payment to close before the shopper has tried to pay. */
  readonly existsOnceTried?: boolean;
  /** A way that the provider refuses, where it refuses in its answer to `pay`. */
  readonly refusedWay?: Way;
  /** What a query says after the shopper's try was refused: the final word, or a payment that waits for another try. */
  readonly afterRefusedTry: "declined" | "pending";
  /**
   * What a refund's query says while the refund is on its way. Alipay answers the same as for one that it has never seen,
   * and asks for the same refund again: sending it again is how to ask.
   */
  readonly unfinishedRefund: "pending" | "send_again";
  /** What a notification says of a finished refund: its result, or only that it is time to query. */
  readonly refundNotice: "succeeded" | "pending";
  /** Registers the address for notifications where the provider does not take it with each request. */
  listen?(account: ChannelAccount, notifyUrl: string): Promise<void>;
  /** The provider's token for a typed card. */
  tokenize?(account: ChannelAccount, card: string): Promise<string>;
}

const wechat = { method: "wechat_pay", flow: "qr", device: "desktop" } as const;
const wechatQr: Way = { ...wechat, label: "code to scan", action: "qr" };

const wechatpay: Subject = {
  channel: "wechatpay",
  currency: "CNY",
  timeZone: "Asia/Shanghai",
  path: "/wechatpay",
  sharesAccount: true,
  ways: [
    wechatQr,
    { ...wechat, label: "page on a phone", flow: "redirect", device: "mobile", action: "redirect" },
    {
      ...wechat,
      label: "inside WeChat",
      flow: "wallet_sdk",
      device: "mobile",
      walletUserId: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
      action: "wallet_sdk",
    },
  ],
  openWay: wechatQr,
  calledWay: wechatQr,
  afterRefusedTry: "pending",
  unfinishedRefund: "pending",
  refundNotice: "succeeded",
};

const aliQr: Way = {
  method: "alipay",
  label: "code to scan",
  flow: "qr",
  device: "desktop",
  action: "qr",
  untouched: "absent",
};
const aliPage: Way = {
  ...aliQr,
  label: "page on a desktop",
  flow: "redirect",
  action: "redirect",
  opensAtProvider: true,
};

const alipay: Subject = {
  channel: "alipay",
  currency: "CNY",
  timeZone: "Asia/Shanghai",
  path: "/alipay",
  sharesAccount: true,
  // The page first: Alipay notifies refunds only of payments made on pages and in apps.
  ways: [
    aliPage,
    { ...aliPage, label: "page on a phone", device: "mobile" },
    aliQr,
    {
      method: "alipay",
      label: "inside Alipay",
      flow: "wallet_sdk",
      device: "mobile",
      walletUserId: "2088102122458832",
      action: "wallet_sdk",
    },
  ],
  openWay: aliPage,
  calledWay: aliQr,
  existsOnceTried: true,
  afterRefusedTry: "pending",
  unfinishedRefund: "send_again",
  // Its amount is the sum of all refunds of the trade.
  refundNotice: "pending",
};

const card: Way = {
  method: "card",
  flow: "card_fields",
  device: "desktop",
  label: "card without a challenge",
  card: "4242424242424242",
};
const challengedCard: Way = {
  ...card,
  label: "card with 3-D Secure",
  card: "4000000000003220",
  action: "three_d_secure",
};

export const stripe: Subject = {
  channel: "stripe",
  currency: "USD",
  timeZone: "UTC",
  path: "",
  sharesAccount: false,
  ways: [card, challengedCard],
  openWay: challengedCard,
  calledWay: card,
  refusedWay: { ...card, label: "card that is refused", card: "4000000000009995" },
  afterRefusedTry: "declined",
  unfinishedRefund: "pending",
  refundNotice: "succeeded",
  async listen(account, notifyUrl) {
    const typed = { ...account, credentials: stripeCredentials.parse(account.credentials) };
    const options = { now: new Date(), requestId: "conformance", timeoutMs: 5_000 };
    const made = await createWebhookEndpoint(typed, notifyUrl, options);
    if (made.kind !== "created") throw new Error(`no webhook endpoint: ${JSON.stringify(made)}`);
  },
  async tokenize(account, number) {
    const { publishable_key: key } = stripeCredentials.parse(account.credentials);
    const response = await fetch(`${account.baseUrl}/v1/payment_methods`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        type: "card",
        "card[number]": number,
        "card[exp_month]": "12",
        "card[exp_year]": "2034",
        // American Express prints four digits, and numbers its cards with fifteen.
        "card[cvc]": number.length === 15 ? "1234" : "123",
      }),
    });
    const answer = (await response.json()) as { id?: string };
    if (!answer.id) throw new Error(`no token: ${JSON.stringify(answer)}`);
    return answer.id;
  },
};

export const subjects: readonly Subject[] = [wechatpay, alipay, stripe];
