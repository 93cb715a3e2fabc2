import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { verifyWebhook } from "../../webhooks/node/verify.ts";

const { PAYLINK_URL, PAYLINK_KEY, PAYLINK_WEBHOOK_SECRET = "", PORT = "4000" } = process.env;
const shopUrl = `http://localhost:${PORT}`;
/** Your database: what was ordered, and what has been paid. */
const orders = new Map<string, { amount: number; currency: string; isPaid: boolean }>();

/** The price comes from your own records, never from the browser. */
async function startPayment(amount: number, currency: string, subject: string): Promise<string> {
  const number = `SO-${randomUUID()}`;
  orders.set(number, { amount, currency, isPaid: false });
  const response = await fetch(`${PAYLINK_URL}/v1/orders`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${PAYLINK_KEY}`,
      "Content-Type": "application/json",
      "Idempotency-Key": number,
    },
    body: JSON.stringify({
      merchant_order_no: number,
      amount,
      currency,
      subject,
      return_url: `${shopUrl}/orders/${number}`,
    }),
  });
  const order = (await response.json()) as { checkout_url: string; code?: string; detail?: string };
  if (!response.ok) throw new Error(`${order.code}: ${order.detail}`);
  return order.checkout_url;
}

/** The webhook settles the order: a shopper may pay and never come back. */
function settle(event: { type: string; data: { object: Record<string, unknown> } }): void {
  const { merchant_order_no, amount, currency } = event.data.object;
  const order = orders.get(String(merchant_order_no));
  if (event.type !== "order.paid" || !order) return;
  // The same event may come twice: setting what is set already does no harm.
  if (amount === order.amount && currency === order.currency) order.isPaid = true;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

createServer(async (request, response) => {
  if (request.method === "POST" && request.url === "/pay") {
    const checkout = await startPayment(8800, "CNY", "Jasmine tea");
    response.writeHead(303, { Location: checkout }).end();
  } else if (request.method === "POST" && request.url === "/webhooks") {
    const body = await bodyOf(request);
    const isGenuine = verifyWebhook(PAYLINK_WEBHOOK_SECRET, request.headers, body);
    if (isGenuine) settle(JSON.parse(body.toString("utf8")));
    response.writeHead(isGenuine ? 204 : 400).end();
  } else if (request.url?.startsWith("/orders/")) {
    const order = orders.get(request.url.slice("/orders/".length));
    response.end(order?.isPaid ? "paid" : "waiting for the payment");
  } else {
    response.writeHead(200, { "Content-Type": "text/html" });
    response.end('<form method="post" action="/pay"><button>Buy tea for ¥88.00</button></form>');
  }
}).listen(Number(PORT), () => process.stdout.write(`${shopUrl}\n`));
