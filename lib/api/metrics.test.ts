import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Platform, startPlatform } from "#lib/testing/platform";

let platform: Platform;
let key: string;
beforeAll(async () => {
  platform = await startPlatform();
  const merchant = await platform.merchant({}, []);
  key = await merchant.key();
});
afterAll(() => platform.end());
afterEach(() => {
  delete process.env.METRICS_TOKEN;
});

async function scrape(headers: Record<string, string> = {}): Promise<Map<string, number>> {
  const answer = await platform.call(undefined, "GET", "/metrics", undefined, headers);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  const lines = String(answer.body).split("\n");
  expect(lines.pop()).toBe("");
  const samples = lines.filter((line) => !line.startsWith("# "));
  for (const line of samples) expect(line).toMatch(/^[a-z_]+(\{[a-zA-Z]+="[^"]*"(,[a-zA-Z]+="[^"]*")*\})? [0-9.e+-]+$/);
  return new Map(
    samples.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
  );
}

const body = { merchant_order_no: "M-1", amount: 100, currency: "CNY", subject: "Tea" };

describe("/metrics", () => {
  it("counts requests by the pattern of their route, and tells what waits", async () => {
    const created = await platform.call(key, "POST", "/v1/orders", body, { "idempotency-key": "m-1" });
    expect(created.status).toBe(201);
    for (let time = 0; time < 2; time++) await platform.call(key, "GET", `/v1/orders/${created.body.id}`);
    await platform.call(key, "GET", "/v1/no-such-thing");

    const samples = await scrape();
    const count = (labels: string) => samples.get(`gpl_http_request_duration_seconds_count{${labels}}`);
    expect(count('method="GET",route="/v1/orders/:id",status="200"')).toBe(2);
    expect(count('method="POST",route="/v1/orders",status="201"')).toBe(1);
    expect(count('method="GET",route="unmatched",status="404"')).toBe(1);
    const bucket =
      'gpl_http_request_duration_seconds_bucket{method="GET",route="/v1/orders/:id",status="200",le="+Inf"}';
    expect(samples.get(bucket)).toBe(2);
    expect(samples.get("gpl_outbox_events")).toBeGreaterThan(0);
    expect(samples.get('gpl_jobs{state="failed"}')).toBe(0);
    expect(samples.get('gpl_memory_bytes{kind="rss"}')).toBeGreaterThan(10_000_000);
    expect([...samples.keys()].join("\n")).not.toContain(created.body.id);
  });

  it("is there for this machine alone when it has no token", async () => {
    const forwarded = await platform.call(undefined, "GET", "/metrics", undefined, {
      "x-forwarded-for": "203.0.113.7",
    });
    expect(forwarded).toMatchObject({ status: 404, body: { code: "route_not_found" } });
  });

  it("asks for its token", async () => {
    process.env.METRICS_TOKEN = "m3trics";
    expect((await platform.call(undefined, "GET", "/metrics")).status).toBe(404);
    const wrong = { authorization: "Bearer m3trics2" };
    expect((await platform.call(undefined, "GET", "/metrics", undefined, wrong)).status).toBe(404);
    expect((await scrape({ authorization: "Bearer m3trics" })).size).toBeGreaterThan(5);
  });
});
