import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runSchedule } from "#lib/jobs/schedules";
import { systemClock } from "#lib/kernel/clock";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { nextNumber } from "#lib/testing/shop";
import { writeRequests } from "./keep-request.ts";

let platform: Platform;
let merchant: TestMerchant;
let key: string;
beforeAll(async () => {
  platform = await startPlatform();
  merchant = await platform.merchant({}, []);
  key = await merchant.key();
});
afterAll(() => platform.end());

const order = (change = {}) => ({
  merchant_order_no: nextNumber("L"),
  amount: 8800,
  currency: "CNY",
  subject: "Tea",
  ...change,
});

/** The newest entry of the log, with its bodies. */
async function newest(filter = "") {
  await writeRequests();
  const { body } = await platform.call(key, "GET", `/v1/request_logs?limit=1${filter}`);
  const id = body.data[0]?.id;
  return id ? (await platform.call(key, "GET", `/v1/request_logs/${id}`)).body : undefined;
}

describe("the log", () => {
  it("has a write with what was sent and what was answered", async () => {
    const sent = order();
    const made = await platform.call(key, "POST", "/v1/orders", sent, { "user-agent": "shop/1.0" });
    const seen = await newest(`&request_id=${made.headers.get("request-id")}`);
    expect(seen).toMatchObject({
      method: "POST",
      path: "/v1/orders",
      status: 201,
      error_code: null,
      ip: "127.0.0.1",
      user_agent: "shop/1.0",
      livemode: false,
      actor: { type: "api_key" },
    });
    expect(JSON.parse(seen.request_body)).toEqual(sent);
    expect(JSON.parse(seen.response_body)).toEqual(made.body);
    expect(seen.duration_ms).toBeGreaterThanOrEqual(0);
  });

  it("has the answer of a request with an Idempotency-Key too, and of its replay that there was one", async () => {
    const sent = order();
    const headers = { "idempotency-key": "logged" };
    const first = await platform.call(key, "POST", "/v1/orders", sent, headers);
    const again = await platform.call(key, "POST", "/v1/orders", sent, headers);
    const [one, two] = await Promise.all(
      [first, again].map((answer) => newest(`&request_id=${answer.headers.get("request-id")}`)),
    );
    expect(JSON.parse(one.response_body)).toEqual(first.body);
    expect(two).toMatchObject({ status: 201, response_body: null });
  });

  it("has a refusal with its code and its problem, also of a read and of a caller without the right", async () => {
    await platform.call(key, "GET", "/v1/orders/ord_none");
    const missing = await newest("&outcome=failed");
    expect(missing).toMatchObject({ method: "GET", status: 404, error_code: "not_found" });
    expect(JSON.parse(missing.response_body)).toMatchObject({ code: "not_found", request_id: missing.request_id });

    await platform.call(await merchant.key("publishable"), "POST", "/v1/orders", order());
    expect(await newest("&outcome=failed")).toMatchObject({ status: 403, error_code: "forbidden" });

    await platform.call(key, "POST", "/v1/orders", order({ amount: 0 }));
    expect(await newest("&outcome=failed")).toMatchObject({ status: 400, error_code: "amount_not_positive" });
  });

  it("keeps no answer of a read that succeeded", async () => {
    await platform.call(key, "GET", "/v1/orders?limit=1");
    expect(await newest("&method=GET&outcome=succeeded")).toMatchObject({
      path: "/v1/orders?limit=1",
      status: 200,
      response_body: null,
    });
  });

  it("holds no secret and no card number", async () => {
    const made = await platform.call(key, "POST", "/v1/api_keys", { kind: "secret", label: "4242 4242 4242 4242" });
    const seen = await newest(`&request_id=${made.headers.get("request-id")}`);
    expect(seen.request_body).toContain("424242…4242");
    expect(JSON.stringify(seen)).not.toContain(made.body.key.slice(12));
    const rows = await platform.owner`select row_to_json(r)::text as text from request_log r`;
    for (const { text } of rows) expect(text).not.toMatch(/[sr]k_test_[0-9a-z]{30}/);
  });

  it("takes text that the database would refuse, and cuts what is long", async () => {
    const subject = `\0 \ud800 ${"长".repeat(50)}`;
    await platform.call(key, "POST", "/v1/orders", order({ subject, metadata: { a: "x".repeat(500) } }));
    const long = await platform.call(key, "POST", "/v1/orders", order({ description: "y".repeat(20_000) }));
    const seen = await newest(`&request_id=${long.headers.get("request-id")}`);
    expect(seen.request_body).toHaveLength(8_193);
  });
});

it("says nothing of another merchant's requests, nor of the other mode's", async () => {
  await platform.call(key, "GET", "/v1/orders");
  const mine = await newest();
  const stranger = await platform.merchant({}, []);
  const theirs = await stranger.key();
  expect((await platform.call(theirs, "GET", "/v1/request_logs")).body.data).toEqual([]);
  expect((await platform.call(theirs, "GET", `/v1/request_logs/${mine.id}`)).status).toBe(404);
  const cursor = await platform.call(theirs, "GET", `/v1/request_logs?starting_after=${mine.id}`);
  expect(cursor).toMatchObject({ status: 400, body: { code: "invalid_cursor" } });
});

it("writes what several merchants asked in one statement", async () => {
  const others = await Promise.all([1, 2, 3].map(() => platform.merchant({}, [])));
  await Promise.all(others.map(async (other) => platform.call(await other.key(), "GET", "/v1/orders")));
  await writeRequests();
  const rows = await platform.owner`select distinct xmin::text as version from request_log
    where merchant_id in ${platform.owner(others.map((other) => other.merchantId))}`;
  expect(rows).toHaveLength(1);
});

it("is forgotten after 30 days", async () => {
  await platform.call(key, "GET", "/v1/orders");
  await writeRequests();
  const kept = async () => Number((await platform.owner`select count(*) from request_log`)[0]?.count);
  const before = await kept();
  const day = 24 * 3_600_000;
  await runSchedule("forget_requests", new Date(systemClock.now().getTime() + 29 * day));
  expect(await kept()).toBe(before);
  await runSchedule("forget_requests", new Date(systemClock.now().getTime() + 31 * day));
  expect(await kept()).toBe(0);
});
