import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "#lib/api-keys/create-key";
import { sha256Hex } from "#lib/kernel/crypto";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { attemptsOfOrder, nextNumber, openOrder } from "#lib/testing/shop";

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
