import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeOrder } from "#lib/orders/close-order";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { nextNumber, openOrder, paidOrder, refund } from "#lib/testing/shop";
import { sendWithoutEnd } from "#lib/testing/wire";

let platform: Platform;
let merchant: TestMerchant;
let key: string;
beforeAll(async () => {
  platform = await startPlatform();
  // As in production: this file's webhooks go nowhere.
  process.env.WEBHOOK_ALLOW_ADDRESSES = "";
  merchant = await platform.merchant({}, ["wechatpay"]);
  key = await merchant.key();
});
afterAll(() => platform.end());

const han = /\p{Script=Han}/u;

/** Everything that a refused request could have left behind. */
async function state(): Promise<unknown> {
  const [row] = await platform.owner`
    select (select count(*) from orders) as orders, (select count(*) from attempts) as attempts,
      (select count(*) from refunds) as refunds, (select count(*) from events) as events,
      (select count(*) from audit_log) as audit, (select count(*) from ledger_transactions) as ledger,
      (select count(*) from webhook_endpoints) as endpoints, (select count(*) from idempotency_keys) as keys,
      (select count(*) from channel_accounts) as accounts`;
  return row;
}

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly param?: string;
}

/** Sends it twice, in English and in Chinese: each says what is wrong in that language, and nothing is left behind. */
async function refused(path: string, body: unknown, expected: Refusal, headers: Record<string, string> = {}) {
  const before = await state();
  for (const [language, isOurs] of [
    ["en", (text: string) => !han.test(text)],
    ["zh-CN", (text: string) => han.test(text)],
  ] as const) {
    const answer = await platform.call(key, "POST", path, body, { ...headers, "accept-language": language });
    expect(answer.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
    expect(answer.body).toMatchObject({ ...expected, request_id: answer.headers.get("request-id") });
    expect(answer.body.param).toBe(expected.param);
    expect(answer.status).toBe(expected.status);
    expect(answer.body.detail).toSatisfy(isOurs);
    expect(answer.body.detail).not.toMatch(/\{\w+\}|undefined/);
  }
  expect(await state()).toEqual(before);
}

const order = () => ({ merchant_order_no: nextNumber("B"), amount: 8800, currency: "CNY", subject: "Tea" });
const without = (field: string) => Object.fromEntries(Object.entries(order()).filter(([name]) => name !== field));

describe("an order is refused", () => {
  it.each<[string, object, string, string]>([
    ["with an amount of zero", { amount: 0 }, "amount_not_positive", "amount"],
    ["with a negative amount", { amount: -1 }, "amount_not_positive", "amount"],
    ["with half a cent", { amount: 88.5 }, "amount_not_integer", "amount"],
    ["with half a yen", { amount: 0.5, currency: "JPY" }, "amount_not_integer", "amount"],
    ["with an amount in text", { amount: "8800" }, "amount_not_integer", "amount"],
    ["with an amount that is null", { amount: null }, "amount_not_integer", "amount"],
    ["above the limit", { amount: 10_000_000_000_000 }, "amount_too_large", "amount"],
    ["with an amount that no number holds exactly", { amount: 1e300 }, "amount_not_integer", "amount"],
    ["in a currency that is none", { currency: "RMB" }, "currency_unknown", "currency"],
    ["in a currency in small letters", { currency: "cny" }, "currency_unknown", "currency"],
    ["with a currency that is a number", { currency: 156 }, "currency_unknown", "currency"],
    ["with a field that nobody knows", { colour: "red" }, "unknown_field", "colour"],
    [
      "with one inside an item",
      { items: [{ name: "T", quantity: 1, unit_amount: 8800, sku: "1" }] },
      "unknown_field",
      "items.0.sku",
    ],
    ["with a prototype's field", { constructor: "x" }, "unknown_field", "constructor"],
    ["with a method that nobody knows", { methods: ["cash"] }, "method_unknown", "methods.0"],
    ["with a number that has spaces", { merchant_order_no: "a b" }, "merchant_order_no_invalid", "merchant_order_no"],
    ["with an empty number", { merchant_order_no: "" }, "merchant_order_no_invalid", "merchant_order_no"],
    [
      "with a number of 65 characters",
      { merchant_order_no: "a".repeat(65) },
      "merchant_order_no_invalid",
      "merchant_order_no",
    ],
    ["with a return address that is a script", { return_url: "javascript:alert(1)" }, "url_invalid", "return_url"],
    ["with a day instead of a time", { expires_at: "2027-01-01" }, "date_invalid", "expires_at"],
    ["with an expiry long past", { expires_at: "2020-01-01T00:00:00Z" }, "expires_at_out_of_range", "expires_at"],
    [
      "with items that do not add up",
      { items: [{ name: "T", quantity: 1, unit_amount: 1 }] },
      "items_do_not_add_up",
      "items",
    ],
    [
      "with 51 keys of metadata",
      { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, ""])) },
      "metadata_too_large",
      "metadata",
    ],
    ["with metadata that is a list", { metadata: ["a"] }, "wrong_type", "metadata"],
    ["with a subject of nothing but spaces", { subject: "   " }, "invalid_value", "subject"],
    ["with a customer that is a text", { customer: "Li" }, "wrong_type", "customer"],
  ])("%s", async (_label, change, code, param) => {
    await refused("/v1/orders", { ...order(), ...change }, { status: 400, code, param });
  });

  it.each(["merchant_order_no", "amount", "currency", "subject"])("without %s", async (field) => {
    await refused("/v1/orders", without(field), { status: 400, code: "missing_field", param: field });
  });

  it("with the number of another order, which is named", async () => {
    const first = await openOrder(merchant.ctx);
    const answer = await platform.call(key, "POST", "/v1/orders", {
      ...order(),
      merchant_order_no: first.merchantOrderNo,
    });
    expect(answer).toMatchObject({
      status: 409,
      body: { code: "duplicate_merchant_order_no", param: "merchant_order_no", values: { existing: first.id } },
    });
  });
});

describe("a body is refused", () => {
  it.each<[string, string, Record<string, string>, Refusal]>([
    ["that is not JSON", "{", {}, { status: 400, code: "body_not_json" }],
    ["that is a list", "[]", {}, { status: 400, code: "body_not_object" }],
    ["that is null", "null", {}, { status: 400, code: "body_not_object" }],
    ["with U+0000 in a text", '{"metadata":{"a":"b\\u0000"}}', {}, { status: 400, code: "text_unstorable" }],
    ["with U+0000 in a name", '{"\\u0000":1}', {}, { status: 400, code: "text_unstorable" }],
    ["with half a character", '{"subject":"\\ud83d"}', {}, { status: 400, code: "text_unstorable" }],
    [
      "with a whole one, written as two escapes",
      '{"\\ud83d\\ude00":1}',
      {},
      { status: 400, code: "missing_field", param: "merchant_order_no" },
    ],
    [
      "with U+0000 at the bottom of a pit",
      `{"a":${"[".repeat(100_000)}"\\u0000"${"]".repeat(100_000)}}`,
      {},
      { status: 400, code: "text_unstorable" },
    ],
    [
      "of another type",
      "a=1",
      { "content-type": "application/x-www-form-urlencoded" },
      { status: 415, code: "content_type_not_json" },
    ],
    [
      "larger than 256 KiB",
      JSON.stringify({ description: "x".repeat(262_144) }),
      {},
      { status: 413, code: "body_too_large" },
    ],
  ])("%s", async (_label, body, headers, expected) => {
    await refused("/v1/orders", body, expected, headers);
  });

  it("of unknown length once it is larger than 256 KiB", async () => {
    const before = await state();
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const answer = await sendWithoutEnd(`${platform.origin}/v1/orders`, headers);
    expect(answer.status).toBe(413);
    expect(await state()).toEqual(before);
  });
});

describe("a payment is refused", () => {
  const start = (id: string) => [`/v1/orders/${id}/attempts`, { method: "wechat_pay" }] as const;
  const retry = { "idempotency-key": "once" };

  it("of a closed order", async () => {
    const closed = await closeOrder(merchant.ctx, (await openOrder(merchant.ctx)).id);
    await refused(...start(closed.id), { status: 409, code: "order_closed" }, retry);
  });

  it("of an order whose time is over", async () => {
    const { id } = await openOrder(merchant.ctx);
    await platform.owner`update orders set expires_at = now() - interval '1 second' where id = ${id}`;
    await refused(...start(id), { status: 409, code: "order_expired" }, retry);
  });

  it("of an order that is not the merchant's", async () => {
    const stranger = await platform.merchant({}, []);
    const { id } = await openOrder(stranger.ctx);
    await refused(...start(id), { status: 404, code: "not_found", param: "id" }, retry);
  });

  it("by a method that nobody knows, or that does not fit", async () => {
    const { id } = await openOrder(merchant.ctx);
    const path = `/v1/orders/${id}/attempts`;
    await refused(path, { method: "cash" }, { status: 400, code: "method_unknown", param: "method" }, retry);
    await refused(path, { method: "alipay" }, { status: 409, code: "method_unavailable", param: "method" }, retry);
  });
});

describe("a refund is refused", () => {
  it("above what is left, of nothing, and of what was not paid", async () => {
    const paid = await paidOrder(platform, merchant.ctx);
    await refund(merchant.ctx, paid.id, 800);
    const input = { order: paid.id, merchant_refund_no: nextNumber("R") };
    const tooLarge = { status: 409, code: "refund_too_large", param: "amount" };
    await refused("/v1/refunds", { ...input, amount: 8001 }, tooLarge);
    await refused(
      "/v1/refunds",
      { ...input, amount: 0 },
      { status: 400, code: "amount_not_positive", param: "amount" },
    );
    const open = await openOrder(merchant.ctx);
    await refused("/v1/refunds", { ...input, order: open.id }, { status: 409, code: "order_pending" });
    await refused("/v1/refunds", { ...input, order: "ord_none" }, { status: 404, code: "not_found", param: "id" });
  });
});

describe("a webhook address is refused", () => {
  it.each([
    ["that is this machine", "http://localhost:9/hook", "webhook_url_refused"],
    ["that is this machine by its IPv6 number", "http://[::1]/hook", "webhook_url_refused"],
    ["that is the cloud's metadata", "http://169.254.169.254/latest/meta-data", "webhook_url_refused"],
    ["in a private network", "https://10.0.0.1/hook", "webhook_url_refused"],
    ["in a private network, written as one number", "http://167772161/hook", "webhook_url_refused"],
    ["hidden in an IPv6 address", "http://[::ffff:10.0.0.1]/hook", "webhook_url_refused"],
    ["that is no web address", "ftp://shop.example/hook", "webhook_url_invalid"],
    ["with a password in it", "https://user:secret@shop.example/hook", "webhook_url_invalid"],
    ["that is none", "shop", "webhook_url_invalid"],
  ])("%s", async (_label, url, code) => {
    await refused("/v1/webhook_endpoints", { url }, { status: 400, code, param: "url" });
  });
});
