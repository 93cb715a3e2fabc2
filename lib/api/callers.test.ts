import type { RateLimiterMemory } from "rate-limiter-flexible";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "#lib/api-keys/create-key";
import { revokeApiKey } from "#lib/api-keys/revoke-key";
import { processWide } from "#lib/kernel/globals";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { openOrder } from "#lib/testing/shop";

let platform: Platform;
let merchant: TestMerchant;
let key: string;
beforeAll(async () => {
  platform = await startPlatform();
  merchant = await platform.merchant({}, ["wechatpay"]);
  key = await merchant.key();
});
afterAll(() => platform.end());

describe("a list", () => {
  it("gives every entry once, newest first, page by page", async () => {
    const shop = await platform.merchant({}, []);
    const shopKey = await shop.key();
    const made: string[] = [];
    for (let index = 0; index < 5; index++) made.push((await openOrder(shop.ctx)).id);
    const seen: string[] = [];
    const sizes: [number, boolean][] = [];
    for (let after = ""; ; after = `&starting_after=${seen.at(-1)}`) {
      const { body } = await platform.call(shopKey, "GET", `/v1/orders?limit=2${after}`);
      seen.push(...body.data.map((one: { id: string }) => one.id));
      sizes.push([body.data.length, body.has_more]);
      if (!body.has_more) break;
    }
    expect(seen).toEqual(made.sort().toReversed());
    expect(sizes).toEqual([
      [2, true],
      [2, true],
      [1, false],
    ]);
  });

  it("is filtered by what it offers", async () => {
    const made = await openOrder(merchant.ctx);
    const byNumber = await platform.call(
      key,
      "GET",
      `/v1/orders?merchant_order_no=${made.merchantOrderNo}&status=pending`,
    );
    expect(byNumber.body.data.map((one: { id: string }) => one.id)).toEqual([made.id]);
    const later = encodeURIComponent(new Date(Date.now() + 3_600_000).toISOString());
    expect((await platform.call(key, "GET", `/v1/orders?created_from=${later}`)).body.data).toEqual([]);
  });

  it.each([
    ["colour=red", "unknown_field", "colour"],
    ["limit=0", "invalid_value", "limit"],
    ["limit=101", "invalid_value", "limit"],
    ["limit=ten", "wrong_type", "limit"],
    ["status=lost", "invalid_value", "status"],
    ["created_from=yesterday", "date_invalid", "created_from"],
  ])("refuses ?%s by name", async (query, code, param) => {
    const answer = await platform.call(key, "GET", `/v1/orders?${query}`);
    expect(answer).toMatchObject({ status: 400, body: { code, param } });
  });
});

describe("a caller", () => {
  it.each([
    ["without a key", undefined],
    ["with a key that never was", "sk_test_00000000000000000000000000000000000000000000"],
    ["with something that is no key", "hello"],
  ])("%s is not let in", async (_label, wrong) => {
    const answer = await platform.call(wrong, "GET", "/v1/orders");
    expect(answer).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
  });

  it("with a publishable key may do nothing of the server's", async () => {
    const publishable = await merchant.key("publishable");
    for (const [method, path] of [
      ["GET", "/v1/orders"],
      ["POST", "/v1/orders"],
      ["POST", "/v1/refunds"],
      ["GET", "/v1/balances"],
    ] as const) {
      const answer = await platform.call(publishable, method, path, method === "POST" ? {} : undefined);
      expect(answer).toMatchObject({ status: 403, body: { code: "forbidden" } });
    }
  });

  it("whose key was revoked is out at once", async () => {
    const { row, key: once } = await createApiKey(merchant.ctx, { kind: "secret", label: "short" });
    expect((await platform.call(once, "GET", "/v1/orders")).status).toBe(200);
    await revokeApiKey(merchant.ctx, row.id);
    expect((await platform.call(once, "GET", "/v1/orders")).status).toBe(401);
  });

  it("gets the request id back that it sent, and one of ours for any other", async () => {
    const given = await platform.call(key, "GET", "/v1/orders", undefined, { "request-id": "abc-123-def" });
    expect(given.headers.get("request-id")).toBe("abc-123-def");
    const bad = await platform.call(key, "GET", "/v1/nothing", undefined, { "request-id": "<script>" });
    expect(bad.headers.get("request-id")).toMatch(/^req_[0-9a-z]{20}$/);
    expect(bad).toMatchObject({
      status: 404,
      body: { code: "route_not_found", request_id: bad.headers.get("request-id") },
    });
  });

  it("is told how much is left, and how long to wait when nothing is", async () => {
    const { row, key: busy } = await createApiKey(merchant.ctx, { kind: "secret", label: "busy" });
    const open = await platform.call(busy, "GET", "/v1/orders");
    expect(open.headers.get("ratelimit-policy")).toMatch(/^"default";q=\d+;w=1$/);
    expect(open.headers.get("ratelimit")).toMatch(/^"default";r=\d+;t=1$/);
    await limiters().key.set(row.id, 1_000_000, 1);
    const full = await platform.call(busy, "GET", "/v1/orders");
    expect(full).toMatchObject({ status: 429, body: { code: "rate_limited", values: { seconds: 1 } } });
    expect(full.headers.get("retry-after")).toBe("1");
    expect(full.headers.get("ratelimit")).toBe('"default";r=0;t=1');
    expect((await platform.call(key, "GET", "/v1/orders")).status).toBe(200);
  });

  it("at the checkout is held to the limit of its address", async () => {
    const { id } = await openOrder(merchant.ctx);
    await limiters().shopper.set("127.0.0.1", 1_000_000, 10);
    const full = await platform.call(undefined, "GET", `/v1/checkout/${id}`);
    await limiters().shopper.delete("127.0.0.1");
    expect(full).toMatchObject({ status: 429, body: { code: "rate_limited" } });
    expect((await platform.call(undefined, "GET", `/v1/checkout/${id}`)).status).toBe(200);
  });
});

function limiters(): { key: RateLimiterMemory; shopper: RateLimiterMemory } {
  return processWide("rate-limiters", () => {
    throw new Error("the API has not made its limiters");
  });
}
