import type { RateLimiterMemory } from "rate-limiter-flexible";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "#lib/api-keys/create-key";
import { revokeApiKey } from "#lib/api-keys/revoke-key";
import { sha256Hex } from "#lib/kernel/crypto";
import { processWide } from "#lib/kernel/globals";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { attemptsOfOrder, nextNumber, openOrder } from "#lib/testing/shop";
import { createApi } from "./app.ts";

let platform: Platform;
let merchant: TestMerchant;
let key: string;
beforeAll(async () => {
  platform = await startPlatform();
  merchant = await platform.merchant({}, ["wechatpay"]);
  key = await merchant.key();
});
afterAll(() => platform.end());

const order = (change = {}) => ({
  merchant_order_no: nextNumber("P"),
  amount: 8800,
  currency: "CNY",
  subject: "Tea",
  ...change,
});
const create = (body: unknown, idempotencyKey: string) =>
  platform.call(key, "POST", "/v1/orders", body, { "idempotency-key": idempotencyKey });

describe("an Idempotency-Key", () => {
  it("gives the first answer again, and makes one order", async () => {
    const body = order();
    const first = await create(body, "replay");
    const second = await create(body, "replay");
    expect(first.status).toBe(201);
    expect([second.status, second.body, second.headers.get("idempotency-replayed")]).toEqual([201, first.body, "true"]);
    expect(first.headers.get("idempotency-replayed")).toBeNull();
  });

  it("makes one order of ten requests at once: the others are told to wait, or get its answer", async () => {
    const body = order();
    const answers = await Promise.all(Array.from({ length: 10 }, () => create(body, "ten")));
    const ids = new Set(answers.filter((answer) => answer.status === 201).map((answer) => answer.body.id));
    const codes = new Set(answers.filter((answer) => answer.status !== 201).map((answer) => answer.body.code));
    expect(ids.size).toBe(1);
    expect([...codes].filter((code) => code !== "idempotency_in_progress")).toEqual([]);
  });

  it("is refused with another body, and on another address", async () => {
    const body = order();
    const first = await create(body, "reused");
    const reused = { status: 422, body: { code: "idempotency_key_reused", param: "Idempotency-Key" } };
    expect(await create({ ...body, amount: 1 }, "reused")).toMatchObject(reused);
    const path = `/v1/orders/${first.body.id}/close`;
    expect(await platform.call(key, "POST", path, undefined, { "idempotency-key": "reused" })).toMatchObject(reused);
  });

  it("belongs to one merchant and one mode", async () => {
    const stranger = await platform.merchant({}, []);
    const body = order();
    const mine = await create(body, "shared");
    const headers = { "idempotency-key": "shared" };
    const theirs = await platform.call(await stranger.key(), "POST", "/v1/orders", body, headers);
    const live = await createApiKey(merchant.ctx.with({ livemode: true }), { kind: "secret", label: "live" });
    const liveOne = await platform.call(live.key, "POST", "/v1/orders", body, headers);
    expect(new Set([mine, theirs, liveOne].map((answer) => answer.body.id)).size).toBe(3);
  });

  it("is not used up by a request that was refused: nothing of it is kept", async () => {
    const refused = await create(order({ amount: 0 }), "after-error");
    expect(refused.status).toBe(400);
    const taken = await openOrder(merchant.ctx);
    expect(await create(order({ merchant_order_no: taken.merchantOrderNo }), "after-error")).toMatchObject({
      status: 409,
    });
    expect(await create(order(), "after-error")).toMatchObject({ status: 201 });
  });

  it.each(["with space", "x".repeat(256)])("is refused when it is %j", async (value) => {
    const answer = await create(order(), value);
    expect(answer.status).toBe(400);
  });

  it("is required where a payment is started", async () => {
    const { id } = await openOrder(merchant.ctx);
    const answer = await platform.call(key, "POST", `/v1/orders/${id}/attempts`, { method: "wechat_pay" });
    expect(answer).toMatchObject({ status: 400, body: { code: "idempotency_key_required", param: "Idempotency-Key" } });
    expect(await attemptsOfOrder(merchant.ctx, id)).toEqual([]);
  });

  it("starts one payment however often it is sent", async () => {
    const { id } = await openOrder(merchant.ctx);
    const start = () =>
      platform.call(
        key,
        "POST",
        `/v1/orders/${id}/attempts`,
        { method: "wechat_pay" },
        { "idempotency-key": "pay-once" },
      );
    const first = await start();
    expect(first).toMatchObject({ status: 201, body: { status: "requires_action" } });
    expect((await start()).body).toEqual(first.body);
    expect(await attemptsOfOrder(merchant.ctx, id)).toHaveLength(1);
  });

  it("whose first request still runs is answered 409, and goes on in its place when that one has died", async () => {
    const { id } = await openOrder(merchant.ctx);
    const path = `/v1/orders/${id}/attempts`;
    const body = JSON.stringify({ method: "wechat_pay" });
    await platform.owner`insert into idempotency_keys (merchant_id, livemode, key, fingerprint)
      values (${merchant.merchantId}, false, 'died', ${sha256Hex(`POST\n${path}\n${body}`)})`;
    const start = () => platform.call(key, "POST", path, body, { "idempotency-key": "died" });
    expect(await start()).toMatchObject({ status: 409, body: { code: "idempotency_in_progress" } });
    await platform.owner`update idempotency_keys set created_at = now() - interval '61 seconds' where key = 'died'`;
    expect(await start()).toMatchObject({ status: 201 });
    expect(await attemptsOfOrder(merchant.ctx, id)).toHaveLength(1);
  });
});

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

describe("the OpenAPI document", () => {
  interface Operation {
    tags?: string[];
    summary?: string;
    parameters?: { in: string; name: string; required?: boolean; schema?: object }[];
    requestBody?: { content: Record<string, { schema: object }> };
    responses: Record<string, { description?: string }>;
  }
  interface Document {
    openapi: string;
    info: { title: string; version: string };
    paths: Record<string, Record<string, Operation>>;
    components: Record<string, Record<string, object>>;
  }

  const read = async () => (await platform.call(undefined, "GET", "/v1/openapi.json")).body as Document;
  const operations = ({ paths }: Document) =>
    Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, path, operation })),
    );

  it("lists every route of the API, and nothing else", async () => {
    const listed = operations(await read()).map(({ name }) => name);
    const served = createApi()
      .routes.filter(
        ({ method, path }) => method !== "ALL" && path.startsWith("/v1/") && !path.startsWith("/v1/checkout/"),
      )
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`)
      .filter((name) => name !== "GET /v1/openapi.json");
    expect([...new Set(listed)].sort()).toEqual([...new Set(served)].sort());
  });

  it("says of each route what it takes and what it answers, as OpenAPI 3.1 asks", async () => {
    const document = await read();
    expect(document.openapi).toBe("3.1.0");
    for (const { name, path, operation } of operations(document)) {
      expect(operation.summary, name).toBeTruthy();
      expect(operation.tags, name).toHaveLength(1);
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(
        inPath.map((parameter) => parameter.name),
        name,
      ).toEqual(wanted);
      expect(
        inPath.every((parameter) => parameter.required),
        name,
      ).toBe(true);
      for (const [status, response] of Object.entries(operation.responses)) {
        expect(status, name).toMatch(/^[245]\d\d$/);
        expect(response.description, `${name} ${status}`).toBeTruthy();
      }
      expect(
        Object.keys(operation.responses).some((status) => status.startsWith("2")),
        name,
      ).toBe(true);
    }
  });

  it("refers to nothing that it does not define", async () => {
    const document = await read();
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(0);
    for (const [, section = "", name = ""] of references) {
      expect(document.components[section], section).toHaveProperty([name]);
    }
  });
});
