import { request } from "node:http";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AccountBench, type Bench, failureOf, stripeBench } from "./testing.ts";

let bench: Bench;
let account: AccountBench;
beforeAll(async () => {
  bench = await stripeBench();
  account = await bench.account();
});
afterAll(() => bench.close());

function post(path: string, body: string, headers: Record<string, string> = {}): Response | Promise<Response> {
  return bench.simulator.app.request(path, {
    method: "POST",
    headers: {
      authorization: `Bearer ${account.credentials.secret_key}`,
      "content-type": "application/x-www-form-urlencoded",
      ...headers,
    },
    body,
  });
}

async function errorOf(answer: Response | Promise<Response>) {
  const response = await answer;
  const { error } = (await response.json()) as {
    error: { type: string; code?: string; param?: string; message: string };
  };
  return { status: response.status, ...error };
}

const payment = "amount=2000&currency=usd&confirm=true&payment_method=pm_card_visa";

describe("keys", () => {
  it("are taken as bearer and as the user of basic authentication", async () => {
    const basic = Buffer.from(`${account.credentials.secret_key}:`).toString("base64");
    const answer = await post("/v1/payment_intents", payment, { authorization: `Basic ${basic}` });
    expect(answer.status).toBe(200);
  });

  it.each([
    ["none", ""],
    ["a wrong one", "Bearer sk_test_51wrong0000000000000000"],
  ])("%s is answered with 401", async (_, authorization) => {
    expect(await errorOf(post("/v1/payment_intents", payment, { authorization }))).toMatchObject({
      status: 401,
      type: "invalid_request_error",
    });
  });

  it("that are public only make tokens", async () => {
    const authorization = `Bearer ${account.credentials.publishable_key}`;
    expect(await errorOf(post("/v1/payment_intents", payment, { authorization }))).toMatchObject({
      status: 403,
      code: "secret_key_required",
    });
  });

  it("of one account do not see another's payments", async () => {
    const intent = await account.pay("pm_card_visa");
    const other = await bench.account();
    for (const call of [
      () => other.stripe.paymentIntents.retrieve(intent.id),
      () => other.stripe.paymentIntents.cancel(intent.id),
      () => other.stripe.refunds.create({ payment_intent: intent.id }),
      () => other.stripe.charges.retrieve(String(intent.latest_charge)),
    ]) {
      expect(await failureOf(call())).toMatchObject({ statusCode: 404, code: "resource_missing" });
    }
  });
});

describe("parameters", () => {
  it.each([
    ["amount=2000", "parameter_missing", "currency"],
    ["amount=20.5&currency=usd", "parameter_invalid_integer", "amount"],
    ["amount=&currency=usd", "parameter_invalid_integer", "amount"],
    ["amount=2000&currency=usd&colour=red", "parameter_unknown", "colour"],
    ["amount=2000&currency=usd&payment_method_types[0]=card", "parameter_unknown", "payment_method_types"],
    [
      "amount=2000&currency=usd&automatic_payment_methods[enabled]=true&automatic_payment_methods[x]=1",
      "parameter_unknown",
      "automatic_payment_methods[x]",
    ],
    [`amount=2000&currency=usd&metadata[k]=${"v".repeat(501)}`, undefined, "metadata[k]"],
    [`${payment}&return_url=shop`, "url_invalid", "return_url"],
    ["amount=2000&currency=usd&confirm=maybe", undefined, "confirm"],
  ])("%s is refused", async (body, code, param) => {
    const error = await errorOf(post("/v1/payment_intents", body));
    expect([error.status, error.code, error.param]).toEqual([400, code, param]);
  });

  it("as JSON are refused", async () => {
    const error = await errorOf(post("/v1/payment_intents", '{"amount":2000}', { "content-type": "application/json" }));
    expect(error).toMatchObject({ status: 400, type: "invalid_request_error" });
  });

  it("with broken brackets are refused", async () => {
    expect((await post("/v1/payment_intents", `${payment}&a[b=1`)).status).toBe(400);
  });

  it("may not carry a card number with the secret key", async () => {
    const card = "payment_method_data[type]=card&payment_method_data[card][number]=4242424242424242";
    const error = await errorOf(post("/v1/payment_intents", `amount=2000&currency=usd&confirm=true&${card}`));
    expect(error).toMatchObject({ status: 400, param: "payment_method_data" });
  });

  it("beyond a megabyte are refused", async () => {
    expect((await post("/v1/payment_intents", `x=${"1".repeat(1_000_001)}`)).status).toBe(400);
  });
});

it("answers an unknown address with 404 and the request's id", async () => {
  const answer = await post("/v1/unicorns", "");
  expect(answer.status).toBe(404);
  expect(answer.headers.get("request-id")).toMatch(/^req_\w{14}$/);
});

it("says the version that was asked for", async () => {
  const answer = await post("/v1/payment_intents", payment, { "stripe-version": "2026-10-28.endive" });
  expect(answer.headers.get("stripe-version")).toBe("2026-10-28.endive");
});

describe("Idempotency-Key", () => {
  const withKey = (key: string, body = payment) => post("/v1/payment_intents", body, { "idempotency-key": key });

  it("replays the stored answer, byte by byte, and charges once", async () => {
    const first = await withKey("key-1");
    const second = await withKey("key-1");
    expect(await second.text()).toBe(await first.text());
    expect(first.headers.get("idempotent-replayed")).toBeNull();
    expect(second.headers.get("idempotent-replayed")).toBe("true");
    expect(second.headers.get("original-request")).toBe(first.headers.get("request-id"));
  });

  it("replays a decline too", async () => {
    const body = payment.replace("pm_card_visa", "pm_card_chargeDeclined");
    const [first, second] = [await withKey("key-2", body), await withKey("key-2", body)];
    expect([first.status, second.status]).toEqual([402, 402]);
    expect(await second.text()).toBe(await first.text());
  });

  it("is not used up by a request that was refused for its parameters", async () => {
    expect((await withKey("key-3", "amount=2000")).status).toBe(400);
    expect((await withKey("key-3")).status).toBe(200);
  });

  it("stands for one request only", async () => {
    await withKey("key-4");
    expect(await errorOf(withKey("key-4", payment.replace("2000", "3000")))).toMatchObject({
      status: 400,
      type: "idempotency_error",
    });
  });

  it("lets one of several simultaneous requests through", async () => {
    const own = await bench.account();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () =>
        own.stripe.paymentIntents
          .create(
            { amount: 2000, currency: "usd", confirm: true, payment_method: "pm_card_visa" },
            { idempotencyKey: "race" },
          )
          .then(
            () => 200,
            (error: Stripe.errors.StripeError) => error.statusCode,
          ),
      ),
    );
    expect(outcomes).toContain(200);
    expect(outcomes.filter((status) => status !== 200 && status !== 409)).toEqual([]);
    expect((await own.stripe.paymentIntents.list({ limit: 100 })).data).toHaveLength(1);
  });

  it("is forgotten after a day", async () => {
    const own = await stripeBench();
    const { stripe } = await own.account();
    const create = () => stripe.paymentIntents.create({ amount: 2000, currency: "usd" }, { idempotencyKey: "daily" });
    const first = await create();
    own.clock.advance(23 * 3_600_000);
    expect((await create()).id).toBe(first.id);
    own.clock.advance(3_600_001);
    expect((await create()).id).not.toBe(first.id);
    await own.close();
  });
});

describe("faults", () => {
  const impatient = (own: AccountBench) =>
    new Stripe(own.credentials.secret_key, { ...bench.address, protocol: "http", timeout: 300, maxNetworkRetries: 0 });
  const create = (stripe: Stripe, reference: string) =>
    stripe.paymentIntents.create(
      { amount: 2000, currency: "usd", confirm: true, payment_method: "pm_card_visa", metadata: { reference } },
      { idempotencyKey: reference },
    );

  it("timeout: no answer, and nothing happened", async () => {
    const own = await bench.account();
    await bench.simulator.setFaults(own.credentials, [{ kind: "timeout", operation: "pay" }]);
    expect(await failureOf(create(impatient(own), "att_t"))).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect(await bench.simulator.payment(own.credentials, "att_t")).toBeUndefined();
    expect((await create(own.stripe, "att_t")).status).toBe("succeeded");
  });

  it("lost_answer: no answer, and the payment went through once", async () => {
    const own = await bench.account();
    await bench.simulator.setFaults(own.credentials, [{ kind: "lost_answer", operation: "pay", reference: "att_l" }]);
    expect(await failureOf(create(impatient(own), "att_l"))).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect(await bench.simulator.payment(own.credentials, "att_l")).toMatchObject({
      status: "succeeded",
      amount: 2000,
    });
    await create(own.stripe, "att_l");
    expect((await own.stripe.paymentIntents.list()).data).toHaveLength(1);
  });

  it("system_error: the provider's 500, as often as asked, for its operation and reference only", async () => {
    const own = await bench.account();
    await bench.simulator.setFaults(own.credentials, [
      { kind: "system_error", operation: "refund", reference: "att_s", times: 2 },
    ]);
    const intent = await create(own.stripe, "att_s");
    const spared = await create(own.stripe, "att_other");
    expect((await own.stripe.refunds.create({ payment_intent: spared.id })).status).toBe("succeeded");
    for (const _ of [1, 2]) {
      expect(await failureOf(own.stripe.refunds.create({ payment_intent: intent.id }))).toMatchObject({
        statusCode: 500,
        rawType: "api_error",
      });
    }
    expect((await own.stripe.refunds.create({ payment_intent: intent.id })).status).toBe("succeeded");
  });

  it("slow: answers late, until replaced", async () => {
    const own = await bench.account();
    await bench.simulator.setFaults(own.credentials, [{ kind: "slow", operation: "query", delayMs: 600 }]);
    const intent = await create(own.stripe, "att_slow");
    const query = () => impatient(own).paymentIntents.retrieve(intent.id);
    expect(await failureOf(query())).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect(await failureOf(query())).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    await bench.simulator.setFaults(own.credentials, []);
    expect((await query()).status).toBe("succeeded");
  });

  it("wrong_amount: the payment says another amount than was asked", async () => {
    const own = await bench.account();
    await bench.simulator.setFaults(own.credentials, [{ kind: "wrong_amount", amount: 1 }]);
    expect(await create(own.stripe, "att_w")).toMatchObject({ status: "succeeded", amount: 1, amount_received: 1 });
    expect(await create(own.stripe, "att_w2")).toMatchObject({ amount_received: 2000 });
  });

  it("for a query name the payment that it finds", async () => {
    const own = await bench.account();
    const [intent, spared] = [await create(own.stripe, "att_q"), await create(own.stripe, "att_q2")];
    await bench.simulator.setFaults(own.credentials, [
      { kind: "system_error", operation: "query", reference: "att_q" },
    ]);
    expect((await own.stripe.paymentIntents.retrieve(spared.id)).status).toBe("succeeded");
    expect((await failureOf(own.stripe.paymentIntents.retrieve(intent.id))).statusCode).toBe(500);
    expect((await own.stripe.paymentIntents.retrieve(intent.id)).status).toBe("succeeded");
  });
});

it("drops the connection of a lost answer when the client has gone", async () => {
  const own = await bench.account();
  await bench.simulator.setFaults(own.credentials, [{ kind: "timeout", operation: "any" }]);
  const outcome = await new Promise((resolve) => {
    const call = request({
      ...bench.address,
      path: "/v1/payment_intents",
      headers: { authorization: `Bearer ${own.credentials.secret_key}` },
      timeout: 200,
    });
    call.on("response", () => resolve("answered"));
    call.on("timeout", () => call.destroy(new Error("gave up")));
    call.on("error", (error) => resolve(error.message));
    call.end();
  });
  expect(outcome).toBe("gave up");
});
