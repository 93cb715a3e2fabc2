// Needs nothing but Node, and PAYLINK_URL and PAYLINK_KEY in the environment.
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";

const { PAYLINK_URL, PAYLINK_KEY } = process.env;

async function call(method: string, path: string, body?: object, idempotencyKey?: string) {
  const response = await fetch(`${PAYLINK_URL}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${PAYLINK_KEY}`,
      ...(idempotencyKey && { "Idempotency-Key": idempotencyKey }),
      ...(body && { "Content-Type": "application/json" }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${answer.code}: ${answer.detail} (${answer.request_id})`);
  return answer;
}

const number = `SO-${randomUUID()}`;
let order = await call(
  "POST",
  "/v1/orders",
  { merchant_order_no: number, amount: 8800, currency: "CNY", subject: "Jasmine tea" },
  number,
);
console.log("order", order.id);

// The action says what the shopper must do: here, scan a code with this content.
const attempt = await call(
  "POST",
  `/v1/orders/${order.id}/attempts`,
  { method: "wechat_pay", flow: "qr" },
  `${number}-1`,
);
console.log("action", attempt.action);

// Test mode only: the test shopper scans the code and pays.
await call("POST", `/v1/test/orders/${order.id}/act`, { act: "pay" });

// A server waits for the webhook order.paid instead; asking is for scripts and for when you must know now.
for (let tries = 0; tries < 30 && order.status !== "paid"; tries++) {
  if (tries > 0) await delay(1000);
  order = await call("GET", `/v1/orders/${order.id}`);
}
console.log("status", order.status);

const refund = await call(
  "POST",
  "/v1/refunds",
  { order: order.id, amount: 3000, merchant_refund_no: `RF-${number}` },
  `${number}-refund`,
);
console.log("refund", refund.id, refund.status);
