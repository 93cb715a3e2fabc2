import { sql } from "drizzle-orm";
import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stripeEvents, stripeIdempotency, stripeObjects } from "#db/schema/sim-stripe";
import { cardRules } from "./card-rules.ts";
import { testCards } from "./test-cards.ts";
import { type AccountBench, type Bench, failureOf, publicUrl, stripeBench } from "./testing.ts";

let bench: Bench;
let account: AccountBench;
beforeAll(async () => {
  bench = await stripeBench();
  account = await bench.account();
});
afterAll(() => bench.close());

const charge = (intent: Stripe.PaymentIntent) => intent.latest_charge as Stripe.Charge;
const line = (of: Stripe.Charge) => of.balance_transaction as Stripe.BalanceTransaction;

async function authenticate(
  intent: Stripe.PaymentIntent,
  body: object,
): Promise<{ returnUrl: string; status: string }> {
  const page = new URL(intent.next_action?.redirect_to_url?.url ?? "");
  const id = page.searchParams.get("payment_intent");
  const answer = await bench.simulator.app.request(
    `/shopper/challenges/${id}?secret=${page.searchParams.get("secret")}`,
    { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
  );
  return answer.json() as Promise<{ returnUrl: string; status: string }>;
}

describe("test cards", () => {
  it("have numbers that pass Luhn and belong to their brand", () => {
    const rules = cardRules();
    for (const card of testCards) {
      expect(rules.isValidNumber(card.number), card.number).toBe(true);
      expect(rules.brandOf(card.number), card.number).toBe(card.brand);
    }
  });

  const approving = testCards.filter((card) => !card.decline && card.threeDSecure !== "required");
  it.each(approving.map((card) => [card.name, card] as const))("%s pays", async (_, card) => {
    const intent = await account.pay(card.number, { expand: ["latest_charge.balance_transaction"] });
    expect(intent).toMatchObject({
      status: "succeeded",
      amount: 2000,
      amount_received: 2000,
      last_payment_error: null,
    });
    expect(charge(intent)).toMatchObject({ status: "succeeded", captured: true, amount_captured: 2000 });
    expect(charge(intent).payment_method_details?.card).toMatchObject({
      brand: card.brand,
      last4: card.number.slice(-4),
    });
    // 2.9% of 20.00 and 0.30
    expect(line(charge(intent))).toMatchObject({ amount: 2000, fee: 88, net: 1912, type: "charge" });
    expect(line(charge(intent)).status).toBe(card.name === "bypass_pending" ? "available" : "pending");
  });

  const declining = testCards.flatMap((card) =>
    card.decline && !card.threeDSecure ? [[card.name, card, card.decline] as const] : [],
  );
  it.each(declining)("%s is declined", async (_, card, decline) => {
    const error = await failureOf(account.pay(card.number));
    expect(error).toMatchObject({
      statusCode: 402,
      rawType: "card_error",
      code: decline.code,
      decline_code: decline.declineCode,
    });
    expect(error.payment_intent).toMatchObject({ status: "requires_payment_method", payment_method: null });
    expect(error.payment_intent?.last_payment_error).toMatchObject({
      code: decline.code,
      decline_code: decline.declineCode,
    });
    const failed = await account.stripe.charges.retrieve(error.charge ?? "");
    expect(failed).toMatchObject({ status: "failed", paid: false, failure_code: decline.code });
    expect(failed.outcome?.type).toBe(decline.blocked ? "blocked" : "issuer_declined");
  });

  it.each(testCards.flatMap((card) => card.paymentMethods.map((id) => [id, card] as const)))(
    "%s stands for its card",
    async (id, card) => {
      const outcome = await account.pay(id).then(
        (intent) => intent.status,
        (error: Stripe.errors.StripeError) => error.decline_code,
      );
      const expected =
        card.threeDSecure === "required" ? "requires_action" : (card.decline?.declineCode ?? "succeeded");
      expect(outcome).toBe(expected);
    },
  );

  const authenticating = testCards.filter((card) => card.threeDSecure === "required");
  it.each(authenticating.map((card) => [card.name, card] as const))(
    "%s asks for authentication first",
    async (_, card) => {
      const intent = await account.pay(card.number);
      expect(intent.status).toBe("requires_action");
      expect(intent.next_action?.type).toBe("redirect_to_url");
      expect(intent.next_action?.redirect_to_url?.url).toMatch(`${publicUrl}/sandbox/stripe/3ds?`);

      const { returnUrl } = await authenticate(intent, { act: "pay" });
      const back = new URL(returnUrl);
      expect(back.origin + back.pathname).toBe("https://shop.example.test/back");
      expect(Object.fromEntries(back.searchParams)).toEqual({
        order: "7",
        payment_intent: intent.id,
        payment_intent_client_secret: intent.client_secret,
        redirect_status: card.decline ? "failed" : "succeeded",
      });
      const after = await account.stripe.paymentIntents.retrieve(intent.id, { expand: ["latest_charge"] });
      expect(after.status).toBe(card.decline ? "requires_payment_method" : "succeeded");
      expect(after.last_payment_error?.decline_code).toBe(card.decline?.declineCode);
      expect(charge(after).payment_method_details?.card?.three_d_secure?.result).toBe("authenticated");
    },
  );
});

describe("authentication", () => {
  it("that fails leaves the intent open for another card", async () => {
    const intent = await account.pay("4000000000003220");
    const { returnUrl } = await authenticate(intent, { act: "fail" });
    expect(new URL(returnUrl).searchParams.get("redirect_status")).toBe("failed");
    const failed = await account.stripe.paymentIntents.retrieve(intent.id);
    expect(failed.status).toBe("requires_payment_method");
    expect(failed.last_payment_error?.code).toBe("payment_intent_authentication_failure");

    const second = await account.stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_visa" });
    expect(second.status).toBe("succeeded");
  });

  it("can be followed by any decline", async () => {
    const intent = await account.pay("4000000000003220");
    await authenticate(intent, { act: "fail", reason: "card_expired" });
    const failed = await account.stripe.paymentIntents.retrieve(intent.id);
    expect(failed.last_payment_error).toMatchObject({ code: "expired_card", decline_code: "expired_card" });
  });

  it("happens once, however often the button is pressed", async () => {
    const intent = await account.pay("4000000000003220");
    await Promise.all([
      authenticate(intent, { act: "pay" }),
      authenticate(intent, { act: "pay" }),
      authenticate(intent, { act: "fail" }),
    ]);
    const charges = await account.stripe.charges.list({ payment_intent: intent.id });
    const { status } = await account.stripe.paymentIntents.retrieve(intent.id);
    expect([status, charges.data.length]).toEqual(
      status === "succeeded" ? ["succeeded", 1] : ["requires_payment_method", 0],
    );
  });

  it("is not to be done without the challenge's secret", async () => {
    const intent = await account.pay("4000000000003220");
    const answer = await bench.simulator.app.request(`/shopper/challenges/${intent.id}?secret=wrong`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"act":"pay"}',
    });
    expect(answer.status).toBe(404);
  });

  it("is refused where nobody can do it", async () => {
    const absent = await failureOf(
      account.pay("pm_card_threeDSecure2Required", { off_session: true, return_url: undefined }),
    );
    expect(absent).toMatchObject({ code: "authentication_required", decline_code: "authentication_required" });
    const unwanted = await failureOf(account.pay("pm_card_threeDSecure2Required", { error_on_requires_action: true }));
    expect(unwanted).toMatchObject({ statusCode: 402, decline_code: "authentication_not_handled" });
    const stranded = await failureOf(account.pay("pm_card_threeDSecure2Required", { return_url: undefined }));
    expect(stranded).toMatchObject({ statusCode: 400, param: "return_url" });
  });
});

describe("tokens", () => {
  it("come from the browser with the publishable key, from any origin", async () => {
    const answer = await account.tokenize("4242424242424242");
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(await answer.json()).toMatchObject({
      object: "payment_method",
      card: { brand: "visa", last4: "4242", exp_month: 12, exp_year: 2030 },
      billing_details: { name: "Lin Mei" },
    });
    const preflight = await bench.simulator.app.request("/v1/payment_methods", {
      method: "OPTIONS",
      headers: {
        origin: publicUrl,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization",
      },
    });
    expect(preflight.headers.get("access-control-allow-headers")).toBe("authorization");
  });

  it("leave no card number behind", async () => {
    const own = await bench.account();
    await own.pay("4000000000009995").catch(() => undefined);
    await own.pay("5555555555554444");
    const tables = [stripeObjects, stripeEvents, stripeIdempotency].map(
      (table) => sql`select t::text as row from ${table} t`,
    );
    for (const statement of tables) {
      const rows = await bench.db.execute<{ row: string }>(statement);
      for (const { row } of rows) expect(row).not.toMatch(/4000000000009995|5555555555554444/);
    }
  });

  it.each([
    ["4242424242424241", {}, "incorrect_number", "number"],
    ["4242", {}, "incorrect_number", "number"],
    ["4242424242424242", { "card[exp_month]": "13" }, "invalid_expiry_month", "exp_month"],
    ["4242424242424242", { "card[exp_year]": "2025" }, "invalid_expiry_year", "exp_year"],
    ["4242424242424242", { "card[cvc]": "99" }, "invalid_cvc", "cvc"],
    ["4716108999716531", {}, "card_declined", undefined],
  ])("are refused for %s %o", async (number, changes, code, param) => {
    const answer = await account.tokenize(number, changes);
    expect(answer.status).toBe(402);
    const { error } = (await answer.json()) as { error: { code: string; param?: string } };
    expect([error.code, error.param]).toEqual([code, param]);
  });

  it("pay once", async () => {
    const token = (await (await account.tokenize("4242424242424242")).json()) as { id: string };
    await account.pay(token.id);
    expect(await failureOf(account.pay(token.id))).toMatchObject({ statusCode: 400, param: "payment_method" });
  });

  it("of another account do not exist", async () => {
    const token = (await (await account.tokenize("4242424242424242")).json()) as { id: string };
    const other = await bench.account();
    expect(await failureOf(other.pay(token.id))).toMatchObject({ code: "resource_missing" });
  });
});

describe("manual capture", () => {
  const authorize = () => account.pay("4242424242424242", { capture_method: "manual" });

  it("holds the money until it is captured in part, and gives the rest back", async () => {
    const held = await authorize();
    expect(held).toMatchObject({ status: "requires_capture", amount_capturable: 2000, amount_received: 0 });
    const captured = await account.stripe.paymentIntents.capture(held.id, {
      amount_to_capture: 1500,
      expand: ["latest_charge.balance_transaction"],
    });
    expect(captured).toMatchObject({ status: "succeeded", amount_capturable: 0, amount_received: 1500 });
    expect(charge(captured)).toMatchObject({
      amount: 2000,
      amount_captured: 1500,
      amount_refunded: 500,
      refunded: false,
    });
    expect(line(charge(captured))).toMatchObject({ amount: 1500, fee: 74 });

    const refund = await account.stripe.refunds.create({ payment_intent: held.id });
    expect(refund.amount).toBe(1500);
  });

  it("takes no more than was authorised, and only once", async () => {
    const held = await authorize();
    const tooMuch = account.stripe.paymentIntents.capture(held.id, { amount_to_capture: 2001 });
    expect(await failureOf(tooMuch)).toMatchObject({ code: "amount_too_large", param: "amount_to_capture" });
    const results = await Promise.allSettled([1, 2].map(() => account.stripe.paymentIntents.capture(held.id)));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  });

  it("ends by a cancel, after which nothing can be captured", async () => {
    const held = await authorize();
    const canceled = await account.stripe.paymentIntents.cancel(held.id, { cancellation_reason: "abandoned" });
    expect(canceled).toMatchObject({ status: "canceled", amount_capturable: 0, cancellation_reason: "abandoned" });
    expect(await failureOf(account.stripe.paymentIntents.capture(held.id))).toMatchObject({
      code: "payment_intent_unexpected_state",
    });
  });

  it("lapses after seven days", async () => {
    const own = await stripeBench();
    const { stripe, pay } = await own.account();
    const held = await pay("4242424242424242", { capture_method: "manual" });
    own.clock.advance(7 * 86_400_000);
    await own.simulator.runDue();
    expect(await stripe.paymentIntents.retrieve(held.id)).toMatchObject({
      status: "canceled",
      cancellation_reason: "automatic",
    });
    await own.close();
  });
});

describe("amounts", () => {
  it.each([
    [49, "usd", "amount_too_small"],
    [0, "usd", "parameter_invalid_integer"],
    [-5, "usd", "parameter_invalid_integer"],
    [100_000_000, "usd", "amount_too_large"],
    [10_005, "kwd", "parameter_invalid_integer"],
    [10_050, "isk", "parameter_invalid_integer"],
    [49, "jpy", "amount_too_small"],
  ])("%i %s is refused as %s", async (amount, currency, code) => {
    expect(await failureOf(account.pay("pm_card_visa", { amount, currency }))).toMatchObject({ statusCode: 400, code });
  });

  it.each([
    [50, "jpy"],
    [10_010, "kwd"],
    [99_999_999, "usd"],
  ])("%i %s is taken", async (amount, currency) => {
    expect(await account.pay("pm_card_visa", { amount, currency })).toMatchObject({
      amount_received: amount,
      currency,
    });
  });

  it("in a currency that does not exist are refused", async () => {
    expect(await failureOf(account.pay("pm_card_visa", { currency: "xyz" }))).toMatchObject({ param: "currency" });
  });
});

it("ends an unpaid intent for good", async () => {
  const intent = await account.stripe.paymentIntents.create({ amount: 2000, currency: "usd" });
  expect(intent.status).toBe("requires_payment_method");
  expect((await account.stripe.paymentIntents.cancel(intent.id)).status).toBe("canceled");
  const late = account.stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_visa" });
  expect(await failureOf(late)).toMatchObject({ code: "payment_intent_unexpected_state" });
});

it("does not cancel what is paid", async () => {
  const intent = await account.pay("pm_card_visa");
  expect(await failureOf(account.stripe.paymentIntents.cancel(intent.id))).toMatchObject({
    statusCode: 400,
    code: "payment_intent_unexpected_state",
    payment_intent: { status: "succeeded" },
  });
});
