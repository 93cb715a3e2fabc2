import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Product } from "./product.ts";
import { receiveWebhooks } from "./webhook-receiver.ts";

interface Order {
  readonly id: string;
  readonly status: string;
  readonly checkout_url: string;
  readonly latest_attempt: string | null;
}

interface Attempt {
  readonly action: { readonly type: string; readonly content?: string; readonly url?: string } | null;
}

/** What the pictures of single objects need: an address each. */
export interface Scenes {
  readonly open: Order;
  readonly long: Order;
  readonly dollars: Order;
  readonly scanned: Order;
  readonly paid: Order;
  readonly refunded: Order;
  readonly closed: Order;
  readonly declined: Order;
  readonly reserved: Order;
  readonly code: string;
  readonly challenge: string | undefined;
  readonly log: string | undefined;
}

const goods = [
  ["Jasmine tea, 250 g", 8_800],
  ["龙井茶 明前特级 礼盒装", 36_800],
  ["Gaiwan, celadon", 25_900],
  ["铁观音 500 克", 19_900],
  ["Tea tray, black walnut", 128_000],
  ["Sample set of six", 4_500],
  ["普洱茶饼 2016 年 357 克", 68_000],
] as const;
const shoppers = ["mei@shop.example", "lin.wei@mail.example", "anna.kowalska@post.example", "+8613800138000"];
const ordersBefore = 36;

/** Makes orders in every state through /v1, as a merchant's server and its shoppers would. */
export async function makeScenes(product: Product): Promise<Scenes> {
  const shop = new Shop(product);
  await shop.post("/v1/webhook_endpoints", {
    url: await receiveWebhooks(),
    event_types: ["order.paid", "refund.succeeded"],
  });
  // Nobody listens there, so that the page of deliveries has something to say.
  await shop.post("/v1/webhook_endpoints", {
    url: "https://shop.example/webhooks",
    event_types: ["order.closed", "attempt.failed"],
  });
  for (let number = 0; number < ordersBefore; number++) await sell(shop, number);

  const open = await shop.order({
    amount: 45_600,
    subject: "Longjing tea 龙井茶",
    items: [
      { name: "Longjing tea, first harvest 明前龙井", quantity: 2, unit_amount: 16_800 },
      { name: "Gaiwan, celadon 青瓷盖碗", quantity: 1, unit_amount: 12_000 },
    ],
  });
  const long = await shop.order({
    amount: 123_456_789_00,
    subject:
      "Wholesale order of three containers of aged white tea, delivered duty paid to the port of Rotterdam 老白茶",
    description:
      "Two thirds of the sum are for the goods, one third is freight, insurance and duty. Delivery within ninety days after payment.",
  });
  const dollars = await shop.order({ amount: 12_900, currency: "USD", subject: "Oolong, 500 g" });
  const scanned = await shop.order({ amount: 8_800, subject: "Jasmine tea, 250 g" });
  const shown = await shop.attempt(scanned, { method: "wechat_pay", flow: "qr" });
  const paid = await shop.paid({
    amount: 36_800,
    subject: "龙井茶 明前特级 礼盒装",
    customer: { email: "mei@shop.example" },
  });
  const refunded = await shop.paid({
    amount: 25_900,
    subject: "Gaiwan, celadon",
    customer: { name: "林薇", country: "CN" },
  });
  await shop.refund(refunded, 9_900, "One of two cups arrived broken");
  const closed = await shop.order({ amount: 4_500, subject: "Sample set of six" });
  await shop.post(`/v1/orders/${closed.id}/close`, {});
  const declined = await shop.order({ amount: 68_000, subject: "普洱茶饼 2016 年 357 克" });
  await shop.attempt(declined, card("pm_card_visa_chargeDeclinedInsufficientFunds"));
  const reserved = await shop.order({ amount: 128_000, subject: "Tea tray, black walnut", capture_method: "manual" });
  await shop.attempt(reserved, card("pm_card_visa"));
  const verified = await shop.order({ amount: 25_900, subject: "Gaiwan, celadon" });
  const challenge = await shop.attempt(verified, card("pm_card_threeDSecure2Required"));
  await shop.misspell();
  // The log is written in batches, a moment after the requests.
  await pause(2_000);
  const logs = await shop.get<{ data: { id: string }[] }>("/v1/request_logs?outcome=failed");
  return {
    open,
    long,
    dollars,
    scanned,
    paid,
    refunded,
    closed,
    declined,
    reserved,
    code: shown.action?.content ?? "",
    challenge: challenge.action?.url,
    log: logs.data[0]?.id,
  };
}

/** One after the other: mostly paid by a wallet, some by card, some given back, some left. */
async function sell(shop: Shop, number: number): Promise<void> {
  const [subject, price] = goods[number % goods.length] ?? goods[0];
  const contact = shoppers[number % shoppers.length] ?? "";
  const customer = contact.startsWith("+") ? { phone: contact } : { email: contact };
  const wish = { subject, amount: price * (1 + (number % 3)), customer };
  switch (number % 9) {
    case 4:
      await shop.order(wish);
      return;
    case 5: {
      const order = await shop.order({ ...wish, currency: "USD" });
      await shop.attempt(order, card("pm_card_visa"));
      return;
    }
    case 6: {
      const order = await shop.order(wish);
      await shop.attempt(order, card("pm_card_visa_chargeDeclined"));
      return;
    }
    case 7:
      await shop.refund(await shop.paid(wish), wish.amount, "Changed her mind");
      return;
    default:
      await shop.paid(wish, number % 2 === 0 ? "wechat_pay" : "alipay");
  }
}

const card = (token: string) => ({ method: "card", flow: "card_fields", token });

const paidTimeoutMs = 120_000;

class Shop {
  readonly #product: Product;
  #number = 20_260_100;

  constructor(product: Product) {
    this.#product = product;
  }

  order(wish: Record<string, unknown>): Promise<Order> {
    this.#number += 1;
    return this.post<Order>("/v1/orders", {
      merchant_order_no: `SO-${this.#number}-${randomUUID().slice(0, 4)}`,
      currency: "CNY",
      ...wish,
    });
  }

  /** As the checkout page does, which is not signed in. */
  attempt(order: Order, wish: Record<string, unknown>): Promise<Attempt> {
    return this.#send<Attempt>("POST", `/v1/checkout/${order.id}/attempts`, wish, {
      origin: this.#product.publicUrl,
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
    });
  }

  async paid(wish: Record<string, unknown>, method = "wechat_pay"): Promise<Order> {
    const order = await this.order(wish);
    await this.post(`/v1/orders/${order.id}/attempts`, { method });
    await this.post(`/v1/test/orders/${order.id}/act`, { act: "pay" });
    const deadline = Date.now() + paidTimeoutMs;
    while (Date.now() < deadline) {
      const now = await this.get<Order>(`/v1/orders/${order.id}`);
      if (now.status === "paid") return now;
      await pause(50);
    }
    throw new Error(`order ${order.id} was not paid in time`);
  }

  refund(order: Order, amount: number, reason: string): Promise<unknown> {
    this.#number += 1;
    return this.post("/v1/refunds", {
      order: order.id,
      amount,
      merchant_refund_no: `RF-${this.#number}-${randomUUID().slice(0, 4)}`,
      reason,
    });
  }

  /** A request that is refused, so that the log has one to explain. */
  async misspell(): Promise<void> {
    const body = { merchant_order_no: "SO-1", amount: 88.5, currency: "CNY", subject: "Jasmine tea" };
    await this.post("/v1/orders", body).then(
      () => Promise.reject(new Error("half a cent was taken")),
      () => {},
    );
  }

  get<T>(path: string): Promise<T> {
    return this.#send<T>("GET", path);
  }

  post<T>(path: string, body: unknown): Promise<T> {
    const headers = { "idempotency-key": randomUUID() };
    return this.#send<T>("POST", path, body, headers);
  }

  async #send<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const isShopper = path.startsWith("/v1/checkout/");
    const response = await fetch(`${this.#product.publicUrl}${path}`, {
      method,
      headers: {
        ...(!isShopper && { authorization: `Bearer ${this.#product.testKey}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer as T;
  }
}
