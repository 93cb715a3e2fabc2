import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type CrashWorld, crashWorld } from "#lib/testing/crash-world";
import { nextNumber } from "#lib/testing/shop";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import { startReceiver } from "#lib/webhooks/testing/receiver";
import { parseTraceparent } from "./start-tracing.ts";

interface OtlpSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { key: string; value: { stringValue?: string; intValue?: number | string } }[];
}

/** A collector that speaks OTLP over HTTP, as far as traces go. */
async function startCollector() {
  const spans: OtlpSpan[] = [];
  const services = new Set<string>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    for (const { resource, scopeSpans } of request.url === "/v1/traces" ? sent.resourceSpans : []) {
      services.add(resource.attributes.find((one: { key: string }) => one.key === "service.name").value.stringValue);
      for (const scope of scopeSpans) spans.push(...scope.spans);
    }
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { spans, services, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

let world: CrashWorld;
let collector: Awaited<ReturnType<typeof startCollector>>;
beforeAll(async () => {
  collector = await startCollector();
  world = await crashWorld();
});
afterAll(async () => {
  await world.end();
  collector.close();
});

it("tells a collector of request, transaction, channel call, job and webhook, in the caller's trace", async () => {
  const receiver = await startReceiver();
  const { ctx, key, merchantId } = await world.platform.merchant({}, ["wechatpay"]);
  await createEndpoint(ctx, { url: receiver.url, eventTypes: ["*"] });
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
  const product = await world.start().finally(() => delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT);
  const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
  const headers = {
    authorization: `Bearer ${await key()}`,
    "content-type": "application/json",
    traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
  };
  const ask = async (path: string, body: unknown) => {
    const own = { ...headers, "idempotency-key": nextNumber("I") };
    const answer = await fetch(`${world.origin}${path}`, { method: "POST", headers: own, body: JSON.stringify(body) });
    expect(answer.ok).toBe(true);
    return { requestId: answer.headers.get("request-id"), body: (await answer.json()) as { id: string } };
  };
  const made = await ask("/v1/orders", {
    merchant_order_no: nextNumber("T"),
    amount: 100,
    currency: "CNY",
    subject: "Tea",
  });
  await ask(`/v1/orders/${made.body.id}/attempts`, { method: "wechat_pay" });
  await ask(`/v1/orders/${made.body.id}/close`, {});

  const own = () => collector.spans.filter((span) => span.traceId === traceId);
  const wanted = ["POST /v1/orders", "transaction", "channel call", "job close_attempt"];
  await world.until("the trace is told", async () => {
    const names = new Set(own().map(({ name }) => name));
    return wanted.every((name) => names.has(name)) && collector.spans.some(({ name }) => name === "webhook delivery");
  });
  const create = own().find(({ name }) => name === "POST /v1/orders");
  expect(create?.parentSpanId).toBe("00f067aa0ba902b7");
  const told = Object.fromEntries((create?.attributes ?? []).map(({ key: name, value }) => [name, value]));
  expect(told["globalpaylink.request_id"]).toEqual({ stringValue: made.requestId });
  expect(told["globalpaylink.merchant_id"]).toEqual({ stringValue: merchantId });
  expect(own().some(({ name, parentSpanId }) => name === "transaction" && parentSpanId === create?.spanId)).toBe(true);
  expect(collector.services).toEqual(new Set(["globalpaylink-web"]));
  expect(receiver.received.find(({ body }) => body.type === "order.created")?.body).toMatchObject({
    request_id: made.requestId,
  });
  expect(receiver.received.every(({ headers: sent }) => sent.traceparent === undefined)).toBe(true);
  await product.stop();
  await receiver.close();
}, 200_000);

it.each([
  ["a sampled one", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", 1],
  ["one that is not sampled", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", 0],
  ["no trace", "00-00000000000000000000000000000000-00f067aa0ba902b7-01", undefined],
  ["no span", "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", undefined],
  ["another version", "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", undefined],
  ["nonsense", "hello", undefined],
])("takes %s from a caller as the standard says", (_what, text, flags) => {
  expect(parseTraceparent(text)?.traceFlags).toBe(flags);
});
