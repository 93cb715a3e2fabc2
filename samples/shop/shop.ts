import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { verifyWebhook } from "../webhooks/node/verify.ts";
import { Orders } from "./orders.ts";
import { messagePage, orderPage, product, productPage } from "./pages.ts";
import type { Platform } from "./platform.ts";
import { type Language, languageOf, textsOf } from "./texts.ts";

export const eventTypes = ["order.paid", "order.closed", "order.expired"] as const;
const maxBodyBytes = 300_000;

interface Shop {
  readonly platform: Platform;
  /** Where the shopper's browser reaches the shop. */
  readonly url: () => string;
  readonly webhookSecret: () => string;
  readonly orders: Orders;
}

/** A product page, a button that leads to the hosted checkout, and a webhook that settles the order. */
export function createShop(shop: Omit<Shop, "orders">): Server {
  const whole: Shop = { ...shop, orders: new Orders() };
  return createServer((request, response) => {
    answer(whole, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
}

async function answer(shop: Shop, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", shop.url());
  const language = languageOf(url.searchParams.get("lang"), request.headers["accept-language"]);
  const wanted = `${request.method} ${url.pathname}`;
  if (wanted === "GET /") return html(response, 200, productPage(language));
  if (wanted === "POST /buy") return buy(shop, language, response);
  if (wanted === "POST /webhooks") return receiveWebhook(shop, request, response);

  const [, number = "", isState] = /^GET \/orders\/([\w-]+)(\/state)?$/.exec(wanted) ?? [];
  const order = shop.orders.find(number);
  if (!order) return html(response, 404, messagePage(language, textsOf[language].missing));
  if (isState) return void response.writeHead(200, { "content-type": "text/plain" }).end(order.state);
  return html(response, 200, orderPage(order, url.searchParams.has("lang") ? language : order.language));
}

/** The price comes from the shop's own list: a browser may send anything. */
async function buy(shop: Shop, language: Language, response: ServerResponse): Promise<void> {
  const texts = textsOf[language];
  const order = shop.orders.open(product.amount, product.currency, language);
  try {
    const created = await shop.platform.createOrder({
      merchant_order_no: order.number,
      amount: order.amount,
      currency: order.currency,
      subject: texts.name,
      return_url: `${shop.url()}/orders/${order.number}`,
    });
    order.checkoutUrl = created.checkout_url;
    response.writeHead(303, { location: created.checkout_url }).end();
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    html(response, 502, messagePage(language, texts.refused.replace("{reason}", `${reason} `)));
  }
}

async function receiveWebhook(shop: Shop, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  if (!body || !verifyWebhook(shop.webhookSecret(), request.headers, body)) {
    return void response.writeHead(400).end();
  }
  // An event of somebody else's order is not ours to have sent again: it is accepted and left alone.
  shop.orders.apply(JSON.parse(body.toString("utf8")));
  response.writeHead(204).end();
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function html(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" }).end(text);
}
