/** Commands and code to copy. `origin` is where the reader reaches this installation. */

export const keySample = "export KEY=sk_test_…";

export function orderSample(origin: string): string {
  return `curl -s ${origin}/v1/orders \\
  -H "Authorization: Bearer $KEY" \\
  -H "Idempotency-Key: order-1001" \\
  -H "Content-Type: application/json" \\
  -d '{"merchant_order_no":"SO-1001","amount":8800,"currency":"CNY","subject":"Jasmine tea"}'`;
}

export function paySample(origin: string): string {
  return `export ORDER=ord_…

curl -s ${origin}/v1/orders/$ORDER/attempts \\
  -H "Authorization: Bearer $KEY" -H "Idempotency-Key: attempt-1001" \\
  -H "Content-Type: application/json" -d '{"method":"wechat_pay"}'

curl -s ${origin}/v1/test/orders/$ORDER/act \\
  -H "Authorization: Bearer $KEY" \\
  -H "Content-Type: application/json" -d '{"act":"pay"}'`;
}

export function refundSample(origin: string): string {
  return `curl -s ${origin}/v1/refunds \\
  -H "Authorization: Bearer $KEY" -H "Idempotency-Key: refund-1001" \\
  -H "Content-Type: application/json" \\
  -d '{"order":"'$ORDER'","amount":3000,"merchant_refund_no":"RF-1001"}'

curl -s ${origin}/v1/orders/$ORDER/timeline -H "Authorization: Bearer $KEY"`;
}

export function endpointSample(origin: string): string {
  return `curl -s ${origin}/v1/webhook_endpoints \\
  -H "Authorization: Bearer $KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"url":"https://shop.example/webhooks","event_types":["order.paid","refund.succeeded"]}'`;
}

export const deliverySample = `{
  "id": "evt_…",
  "object": "event",
  "type": "order.paid",
  "livemode": false,
  "sequence": 42,
  "request_id": "req_…",
  "created_at": "2026-03-01T08:30:00.000Z",
  "data": { "object": { "id": "ord_…", "object": "order", "status": "paid" } }
}`;

export function problemSample(origin: string): string {
  return `HTTP/1.1 409 Conflict
Content-Type: application/problem+json
Request-Id: req_3yq7v0m2k9x4c6b8n1t5

{
  "type": "${origin}/docs/errors#refund_too_large",
  "title": "conflict",
  "status": 409,
  "code": "refund_too_large",
  "detail": "At most 5800 can be refunded.",
  "param": "amount",
  "request_id": "req_3yq7v0m2k9x4c6b8n1t5",
  "values": { "refundable": "5800", "currency": "CNY" }
}`;
}
