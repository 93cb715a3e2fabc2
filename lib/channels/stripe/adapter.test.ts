import { afterEach, describe, expect, it } from "vitest";
import { money } from "#lib/kernel/money";
import type { CallOptions, PayRequest, RefundRequest, StatementLine } from "../channel.ts";
import { stripe } from "./adapter.ts";
import balanceTransactions from "./fixtures/balance-transactions.json" with { type: "json" };
import payment from "./fixtures/payment-succeeded.json" with { type: "json" };
import refundFixture from "./fixtures/refund-succeeded.json" with { type: "json" };
import { type Reply, type ScriptedStripe, type SeenRequest, scriptedStripe } from "./scripted-stripe.ts";

const options: CallOptions = { now: new Date("2026-11-20T08:00:00Z"), requestId: "req_1", timeoutMs: 2_000 };
const reference = payment.metadata.reference;
const asked = { reference, amount: money(1999n, "USD") };

const request: PayRequest = {
  ...asked,
  orderId: payment.metadata.order,
  method: "card",
  flow: "card_fields",
  subject: "Tea",
  captureMethod: "automatic",
  expiresAt: new Date("2026-11-20T09:00:00Z"),
  notifyUrl: "https://pay.test/notify/ca_1",
  returnUrl: "https://pay.test/pay/back",
  shopper: { ip: "203.0.113.1", userAgent: "test", device: "desktop", locale: "en", token: "pm_1" },
};
const refundRequest: RefundRequest = {
  ...asked,
  providerReference: payment.id,
  refundReference: refundFixture.metadata.refund,
  refundAmount: money(500n, "USD"),
  notifyUrl: "https://pay.test/notify/ca_1",
};

const ok = (json: unknown): Reply => ({ status: 200, json });
const list = (data: unknown[], has_more = false): Reply => ok({ object: "list", url: "/v1/x", data, has_more });
const error = (status: number, body: object): Reply => ({ status, json: { error: body } });

async function collect(lines: AsyncIterable<StatementLine>): Promise<StatementLine[]> {
  const collected: StatementLine[] = [];
  for await (const line of lines) collected.push(line);
  return collected;
}

let server: ScriptedStripe | undefined;
async function serving(reply: (request: SeenRequest) => Reply, path?: string): Promise<ScriptedStripe> {
  server = await scriptedStripe(reply, path);
  return server;
}
afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe("paying", () => {
  it("creates and confirms in one call that carries our reference as key and as metadata", async () => {
    const { account, seen } = await serving(() => ok(payment), "/stripe");
    expect(await stripe.pay(account, request, options)).toMatchObject({ kind: "approved", reference: payment.id });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: "POST", path: "/stripe/v1/payment_intents", idempotencyKey: reference });
    expect(Object.fromEntries(seen[0]?.body ?? [])).toEqual({
      amount: "1999",
      currency: "usd",
      payment_method: "pm_1",
      "allowed_payment_method_types[0]": "card",
      capture_method: "automatic",
      confirm: "true",
      return_url: request.returnUrl,
      description: "Tea",
      "metadata[reference]": reference,
      "metadata[order]": payment.metadata.order,
      "expand[0]": "latest_charge",
    });
  });

  it.each<[string, Reply]>([
    ["the connection is closed", "drop"],
    ["no answer comes in time", "silence"],
    ["HTTP 500", error(500, { type: "api_error", message: "" })],
    ["the same key is still running", error(409, { type: "idempotency_error", code: "idempotency_key_in_use" })],
    ["the key was used with other parameters", error(400, { type: "idempotency_error", message: "" })],
  ])("is unknown, and asked only once, when %s", async (_what, reply) => {
    const { account, seen } = await serving(() => reply);
    const outcome = await stripe.pay(account, request, { ...options, timeoutMs: 300 });
    expect(outcome.kind).toBe("unknown");
    expect(seen).toHaveLength(1);
  });

  it("declines what Stripe can't be asked for, without asking", async () => {
    const { account, seen } = await serving(() => ok(payment));
    const odd = { ...request, amount: money(1001n, "KWD") };
    expect(await stripe.pay(account, odd, options)).toMatchObject({ providerCode: "amount_not_representable" });
    const untyped = { ...request, shopper: { ...request.shopper, token: undefined } };
    expect(await stripe.pay(account, untyped, options)).toMatchObject({ providerCode: "payment_method_missing" });
    expect(seen).toHaveLength(0);
  });
});

describe("finding a payment whose answer was lost", () => {
  const search = "/v1/payment_intents/search";
  const stranger = { ...payment, id: "pi_other", metadata: { reference: "att_other" } };

  it("searches by our reference and reads the status from the payment, not from the index", async () => {
    const { account, seen } = await serving((seen) =>
      seen.path === search ? list([{ ...payment, status: "processing" }]) : ok(payment),
    );
    expect(await stripe.query(account, asked, options)).toMatchObject({ kind: "approved" });
    expect(seen[0]?.query.get("query")).toBe(`metadata['reference']:'${reference}'`);
    expect(seen[1]?.path).toBe(`/v1/payment_intents/${payment.id}`);
  });

  it("looks through the latest payments when the index does not know it yet", async () => {
    const { account, seen } = await serving((seen) => {
      if (seen.path === search) return list([]);
      return seen.query.get("starting_after") ? list([payment]) : list([stranger], true);
    });
    expect(await stripe.query(account, asked, options)).toMatchObject({ kind: "approved", reference: payment.id });
    expect(seen[1]?.query.get("created[gte]")).toBe(String(options.now.getTime() / 1000 - 7200));
    expect(seen[2]?.query.get("starting_after")).toBe("pi_other");
  });

  it("is absent only when the latest payments were read to their end", async () => {
    const { account } = await serving((seen) => (seen.path === search ? list([]) : list([stranger])));
    expect(await stripe.query(account, asked, options)).toEqual({ kind: "absent" });
  });

  it("is unknown when there are more payments than it reads", async () => {
    const { account, seen } = await serving((seen) => (seen.path === search ? list([]) : list([stranger], true)));
    expect(await stripe.query(account, asked, options)).toMatchObject({ kind: "unknown" });
    expect(seen).toHaveLength(21);
  });

  it("reads the whole list where search is not offered", async () => {
    const { account, seen } = await serving((seen) =>
      seen.path === search ? error(400, { type: "invalid_request_error", message: "" }) : list([payment]),
    );
    expect(await stripe.query(account, asked, options)).toMatchObject({ kind: "approved" });
    expect(seen[1]?.query.has("created[gte]")).toBe(false);
  });

  it("does not call a payment absent whose id Stripe itself gave us", async () => {
    const { account } = await serving(() => error(404, { type: "invalid_request_error", code: "resource_missing" }));
    const known = { ...asked, providerReference: payment.id };
    expect(await stripe.query(account, known, options)).toEqual({
      kind: "unknown",
      cause: "refused: resource_missing",
    });
  });
});

describe("closing", () => {
  const known = { ...asked, providerReference: payment.id };

  it("says paid when the payment succeeded between the look and the cancel", async () => {
    let looks = 0;
    const { account } = await serving((seen) => {
      if (seen.method === "POST")
        return error(400, { type: "invalid_request_error", code: "payment_intent_unexpected_state" });
      return ok({ ...payment, status: looks++ === 0 ? "requires_action" : "succeeded" });
    });
    expect(await stripe.close(account, known, options)).toEqual({ kind: "paid" });
  });

  it("does not promise that a payment in progress is closed", async () => {
    const { account } = await serving((seen) =>
      seen.method === "POST"
        ? error(400, { type: "invalid_request_error", code: "payment_intent_unexpected_state" })
        : ok({ ...payment, status: "processing" }),
    );
    expect(await stripe.close(account, known, options)).toMatchObject({ kind: "unknown" });
  });
});

it("reads a capture whose answer was lost as done, with the amount that was taken", async () => {
  const { account, seen } = await serving(() => ok({ ...payment, amount_received: 700 }));
  const known = { ...asked, providerReference: payment.id };
  expect(await stripe.capture?.(account, known, money(700n, "USD"), options)).toEqual({
    kind: "captured",
    amount: money(700n, "USD"),
    at: options.now,
  });
  expect(seen.map((one) => one.method)).toEqual(["GET"]);
});

describe("refunding", () => {
  it("does not refund again what Stripe already holds under our refund id", async () => {
    const { account, seen } = await serving(() => list([refundFixture]));
    expect(await stripe.refund(account, refundRequest, options)).toMatchObject({ kind: "succeeded" });
    expect(seen.map((one) => one.method)).toEqual(["GET"]);
  });

  it("gets past a stored refusal for a short balance, key by key", async () => {
    const { account, seen } = await serving((seen) => {
      if (seen.method === "GET") return list([]);
      if (seen.idempotencyKey === `${refundRequest.refundReference}_1`) return ok(refundFixture);
      const refused = { type: "invalid_request_error", code: "balance_insufficient" };
      return { status: 400, json: { error: refused }, headers: { "idempotent-replayed": "true" } };
    });
    expect(await stripe.refund(account, refundRequest, options)).toMatchObject({ kind: "succeeded" });
    expect(seen.map((one) => one.idempotencyKey).filter(Boolean)).toEqual([
      refundRequest.refundReference,
      `${refundRequest.refundReference}_1`,
    ]);
  });

  it("stops at a refusal that is fresh", async () => {
    const { account, seen } = await serving((seen) =>
      seen.method === "GET" ? list([]) : error(400, { type: "invalid_request_error", code: "balance_insufficient" }),
    );
    const outcome = await stripe.refund(account, refundRequest, options);
    expect(outcome).toEqual({ kind: "failed", providerCode: "balance_insufficient", retryable: true });
    expect(seen).toHaveLength(2);
  });

  it("makes a new refund, under a new key, after one that failed because the balance was short", async () => {
    const short = { ...refundFixture, status: "failed", failure_reason: "insufficient_funds" };
    const { account, seen } = await serving((seen) => (seen.method === "GET" ? list([short]) : ok(refundFixture)));
    expect(await stripe.refund(account, refundRequest, options)).toMatchObject({ kind: "succeeded" });
    expect(seen[1]?.idempotencyKey).toBe(`${refundRequest.refundReference}_1`);
  });

  it("may be sent again when Stripe has never seen it", async () => {
    const { account } = await serving(() => list([]));
    expect(await stripe.queryRefund(account, refundRequest, options)).toMatchObject({
      kind: "failed",
      retryable: true,
    });
  });
});

describe("the statement", () => {
  it("reads payments, refunds and payouts of one UTC day", async () => {
    const { account, seen } = await serving(() => ok(balanceTransactions));
    const lines = await collect(stripe.statement(account, "2026-10-26", options));
    expect(seen[0]?.query.get("created[gte]")).toBe("1792972800");
    expect(seen[0]?.query.get("created[lt]")).toBe("1793059200");
    const { raw: _raw, ...refundLine } = lines[0] ?? { raw: {} };
    expect(refundLine).toEqual({
      kind: "refund",
      reference,
      refundReference: refundFixture.metadata.refund,
      providerReference: refundFixture.id,
      amount: money(-500n, "USD"),
      fee: 0n,
      at: new Date(1793000100_000),
    });
    expect(lines[1]).toMatchObject({ kind: "payment", reference, providerReference: payment.id, fee: -88n });
    expect(lines[1]?.raw).toMatchObject({ type: "charge", net: "1911", status: "pending" });
    expect(lines[2]).toMatchObject({ kind: "payout", providerReference: "po_1Q0PsIJvEtkwdCNYpayout01" });
  });

  it("fails as a whole when a page is missing", async () => {
    const { account } = await serving(() => error(500, { type: "api_error" }));
    await expect(collect(stripe.statement(account, "2026-10-26", options))).rejects.toThrow("2026-10-26");
  });
});

describe("card fields", () => {
  const credentials = { secret_key: "sk_1", publishable_key: "pk_1&x=", webhook_secret: "whsec_1" };
  const account = { id: "ca_1", livemode: false, credentials, baseUrl: "http://127.0.0.1:1" };

  it("come from the simulator's page, whole", () => {
    const fields = stripe.cardFields?.({ ...account, browserUrl: "https://pay.test/sim/stripe" });
    expect(fields).toEqual({
      frameUrl: "https://pay.test/sim/stripe/elements/card?key=pk_1%26x%3D",
      origin: "https://pay.test",
    });
  });

  it("come from our own small page where Stripe's script has to draw them", () => {
    const fields = stripe.cardFields?.({ ...account, browserUrl: "https://api.stripe.com" });
    expect(fields).toEqual({ frameUrl: "/pay/frames/stripe?key=pk_1%26x%3D", origin: "" });
  });
});
