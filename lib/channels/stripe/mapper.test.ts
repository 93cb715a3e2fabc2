import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { money } from "#lib/kernel/money";
import type { Refusal } from "./client.ts";
import paymentFixture from "./fixtures/payment-succeeded.json" with { type: "json" };
import refundFixture from "./fixtures/refund-succeeded.json" with { type: "json" };
import { paymentOutcome, refundOutcome, refusedPayment, refusedRefund } from "./mapper.ts";

const intent = (changes: object = {}) => ({ ...paymentFixture, ...changes }) as unknown as Stripe.PaymentIntent;
const refund = (changes: object = {}) => ({ ...refundFixture, ...changes }) as unknown as Stripe.Refund;
const reference = paymentFixture.id;

describe("a payment", () => {
  it("that succeeded is approved and captured, with what may be shown of the card", () => {
    expect(paymentOutcome(intent())).toEqual({
      kind: "approved",
      reference,
      amount: money(1999n, "USD"),
      at: new Date(1793000003_000),
      captured: true,
      details: { brand: "visa", last4: "4242", country: "US", threeDSecure: "not_required" },
    });
  });

  it("that is only authorised is approved and not captured", () => {
    const authorised = intent({ status: "requires_capture", amount_received: 0, amount_capturable: 1999 });
    expect(paymentOutcome(authorised)).toMatchObject({
      kind: "approved",
      captured: false,
      amount: money(1999n, "USD"),
    });
  });

  it("that was captured in part is worth that part", () => {
    expect(paymentOutcome(intent({ amount_received: 700 }))).toMatchObject({ amount: money(700n, "USD") });
  });

  it("takes its time from the event when an event brought it, and leaves out the card that it does not carry", () => {
    const at = new Date("2026-11-20T08:00:00Z");
    const outcome = paymentOutcome(intent({ latest_charge: "ch_1" }), at);
    expect(outcome).toEqual({ kind: "approved", reference, amount: money(1999n, "USD"), at, captured: true });
  });

  it.each([
    ["authenticated", "authenticated"],
    ["attempt_acknowledged", "attempted"],
    ["exempted", "not_required"],
    ["failed", undefined],
  ])("whose 3-D Secure ended as %s says %s", (result, threeDSecure) => {
    const charge = structuredClone(paymentFixture.latest_charge);
    const card = { ...charge.payment_method_details.card, three_d_secure: { result } };
    const outcome = paymentOutcome(intent({ latest_charge: { ...charge, payment_method_details: { card } } }));
    expect(outcome.kind === "approved" && outcome.details?.threeDSecure).toBe(threeDSecure);
  });

  it("that needs 3-D Secure is pending with its address", () => {
    const url = "https://hooks.stripe.com/3d_secure_2/abc";
    const next_action = { type: "redirect_to_url", redirect_to_url: { url, return_url: "https://shop.test/back" } };
    expect(paymentOutcome(intent({ status: "requires_action", next_action }))).toEqual({
      kind: "pending",
      reference,
      action: { type: "three_d_secure", url },
    });
  });

  it("that needs a step which we can't show is pending and raises an alert", () => {
    const next_action = { type: "use_stripe_sdk", use_stripe_sdk: {} };
    expect(paymentOutcome(intent({ status: "requires_action", next_action }))).toEqual({
      kind: "pending",
      reference,
      unmapped: "requires_action:use_stripe_sdk",
    });
  });

  it.each([
    ["processing", {}, { kind: "pending", reference }],
    ["requires_confirmation", {}, { kind: "pending", reference }],
    ["requires_payment_method", {}, { kind: "pending", reference }],
    [
      "requires_payment_method",
      { last_payment_error: { code: "card_declined", decline_code: "insufficient_funds" } },
      { kind: "declined", reason: "insufficient_funds", providerCode: "insufficient_funds", reference },
    ],
    [
      "requires_payment_method",
      { last_payment_error: { code: "payment_intent_authentication_failure" } },
      {
        kind: "declined",
        reason: "authentication_failed",
        providerCode: "payment_intent_authentication_failure",
        reference,
      },
    ],
    ["canceled", {}, { kind: "closed" }],
    ["on_the_moon", {}, { kind: "pending", reference, unmapped: "on_the_moon" }],
  ])("with status %s and %j is what it says", (status, changes, outcome) => {
    expect(paymentOutcome(intent({ status, ...changes }))).toEqual(outcome);
  });
});

const refusal = (changes: Partial<Refusal>): Refusal => ({
  kind: "refused",
  status: 400,
  type: "invalid_request_error",
  code: undefined,
  declineCode: undefined,
  param: undefined,
  replayed: false,
  intent: undefined,
  ...changes,
});

describe("a refused request to pay", () => {
  it.each([
    ["card_declined", "insufficient_funds", "insufficient_funds"],
    ["card_declined", "lost_card", "lost_or_stolen"],
    ["card_declined", "fraudulent", "suspected_fraud"],
    ["card_declined", "a_code_of_tomorrow", "card_declined"],
    ["expired_card", undefined, "card_expired"],
    ["incorrect_cvc", undefined, "incorrect_cvc"],
    ["processing_error", undefined, "provider_error"],
    ["constructor", undefined, "card_declined"],
  ])("HTTP 402 %s / %s is %s, with the provider's code beside it", (code, declineCode, reason) => {
    const refused = refusedPayment(refusal({ status: 402, type: "card_error", code, declineCode, intent: intent() }));
    expect(refused).toEqual({ kind: "declined", reason, providerCode: declineCode ?? code, reference });
  });

  it("HTTP 429 was certainly not carried out", () => {
    expect(refusedPayment(refusal({ status: 429, code: "lock_timeout" }))).toEqual({
      kind: "declined",
      reason: "provider_error",
      providerCode: "lock_timeout",
    });
  });

  it.each([
    ["amount_too_small", "limit_exceeded"],
    ["parameter_unknown", "rejected_by_provider"],
  ])("HTTP 400 %s is %s", (code, reason) => {
    expect(refusedPayment(refusal({ code }))).toMatchObject({ reason, providerCode: code });
  });
});

describe("a refund", () => {
  const id = refundFixture.id;
  it.each([
    [{}, { kind: "succeeded", reference: id, amount: money(500n, "USD"), at: new Date(1793000100_000) }],
    [{ status: "pending" }, { kind: "pending", reference: id }],
    [{ status: "requires_action" }, { kind: "pending", reference: id }],
    [
      { status: "failed", failure_reason: "lost_or_stolen_card" },
      { kind: "failed", providerCode: "lost_or_stolen_card", retryable: false },
    ],
    [
      { status: "failed", failure_reason: "insufficient_funds" },
      { kind: "failed", providerCode: "insufficient_funds", retryable: true },
    ],
    [{ status: "canceled" }, { kind: "failed", providerCode: "canceled", retryable: false }],
    [{ status: null }, { kind: "pending", reference: id, unmapped: "null" }],
  ])("with %j is what it says", (changes, outcome) => {
    expect(refundOutcome(refund(changes))).toEqual(outcome);
  });

  it.each([
    ["a short balance", { code: "balance_insufficient" }, "balance_insufficient", true],
    ["throttling", { status: 429, code: "rate_limit" }, "rate_limit", true],
    ["a refunded charge", { code: "charge_already_refunded" }, "charge_already_refunded", false],
    ["an amount above what is left, which has no code", {}, "invalid_request_error", false],
  ])("refused for %s", (_why, changes, providerCode, retryable) => {
    expect(refusedRefund(refusal(changes))).toEqual({ kind: "failed", providerCode, retryable });
  });
});
