import { randomBytes } from "node:crypto";
import type { HttpAnswer, HttpClient } from "./http-client.ts";
import { LoadError } from "./load.ts";

/** Begins the number of each order of this run, so that they are told from all others in a database that is kept. */
export const orderNoPrefix = `bench-${randomBytes(5).toString("hex")}-`;

let lastNumber = 0;

/** 1, 2, 3 … over all scenarios of the run. */
export function nextNumber(): number {
  lastNumber += 1;
  return lastNumber;
}

export interface Paying {
  readonly method: "wechat_pay" | "alipay" | "card";
  readonly currency: "CNY" | "USD";
  readonly declines: boolean;
}

const wechat: Paying = { method: "wechat_pay", currency: "CNY", declines: false };
const alipay: Paying = { method: "alipay", currency: "CNY", declines: false };
const declinedCard: Paying = { method: "card", currency: "USD", declines: true };

/** 46 % WeChat Pay codes, 46 % Alipay codes, 8 % cards that are declined; in turns, so that every second has its share. */
export function payingOf(number: number): Paying {
  const place = number % 25;
  if (place === 6 || place === 18) return declinedCard;
  return place % 2 === 0 ? wechat : alipay;
}

/** Another answer than the one that was wanted; the message names the call, the status and the error's code. */
export class UnexpectedAnswer extends LoadError {
  readonly status: number;
  readonly code: string;

  constructor(what: string, { status, body }: HttpAnswer) {
    const code = /"code":"([^"]+)"/.exec(body)?.[1] ?? "";
    super(`${what} ${status} ${code}`.trim());
    this.status = status;
    this.code = code;
  }
}

/** A start whose code is still to be had: whoever sends it again gets it. */
export class NoCodeYet extends LoadError {}

/** @throws UnexpectedAnswer */
function expectStatus(what: string, answer: HttpAnswer, status: number): void {
  if (answer.status !== status) throw new UnexpectedAnswer(what, answer);
}

/** What the merchant's server calls. */
export async function createOrder(api: HttpClient, key: string, paying: Paying, number: number): Promise<string> {
  const no = `${orderNoPrefix}${number}`;
  const answer = await api.send({
    method: "POST",
    path: "/v1/orders",
    headers: { authorization: `Bearer ${key}`, "idempotency-key": no },
    body: JSON.stringify({
      merchant_order_no: no,
      amount: 1_000 + (number % 90_000),
      currency: paying.currency,
      subject: "Jasmine tea, 250 g",
      metadata: { basket: String(number) },
      return_url: "https://shop.example/thanks",
    }),
  });
  expectStatus("create", answer, 201);
  const id = /"id":"(ord_[0-9a-z]{28})"/.exec(answer.body)?.[1];
  if (!id) throw new LoadError("create without an id");
  return id;
}

export async function readOrder(api: HttpClient, key: string, id: string): Promise<string> {
  const answer = await api.send({
    method: "GET",
    path: `/v1/orders/${id}`,
    headers: { authorization: `Bearer ${key}` },
  });
  expectStatus("read", answer, 200);
  return answer.body;
}

export interface StartedAttempt {
  readonly status: string;
  /** What the wallet scans. */
  readonly code: string | undefined;
}

/** What the checkout page calls when the shopper has chosen. */
/** @throws UnexpectedAnswer, NoCodeYet */
export async function startAttempt(
  api: HttpClient,
  origin: string,
  orderId: string,
  { method, declines }: Paying,
): Promise<StartedAttempt> {
  const flow = method === "card" ? "card_fields" : "qr";
  const token = declines ? "pm_card_visa_chargeDeclinedInsufficientFunds" : "pm_card_visa";
  const answer = await api.send({
    method: "POST",
    path: `/v1/checkout/${orderId}/attempts`,
    headers: { origin, "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36" },
    body: JSON.stringify({ method, flow, ...(method === "card" && { token }) }),
  });
  expectStatus("start", answer, 201);
  const started = JSON.parse(answer.body) as { status: string; action: { content?: string } | null };
  const code = started.action?.content;
  // The provider's answer was lost: there is nothing to pay yet, and the same start asks for the code once more.
  if (flow === "qr" && code === undefined && started.status !== "failed") {
    throw new NoCodeYet(`start: ${started.status} without a code`);
  }
  return { status: started.status, code };
}

/** What the wallet does when the shopper confirms: it speaks to the provider, not to us. */
export async function confirmInWallet(provider: HttpClient, method: Paying["method"], code: string): Promise<void> {
  const [path, act] = method === "alipay" ? ["/alipay/shopper/act", { act: "pay" }] : ["/wechatpay/shopper/act", "pay"];
  const answer = await provider.send({ method: "POST", path, body: JSON.stringify({ code, act }) });
  expectStatus("confirm", answer, 200);
  if (!/"(?:state":"paid|status":"TRADE_SUCCESS)"/.test(answer.body)) throw new LoadError("confirm: not paid");
}
