import Stripe from "stripe";
import { expect, it } from "vitest";
import { money } from "#lib/kernel/money";
import type { ChannelAccount, RawNotification } from "../channel.ts";
import paymentFixture from "./fixtures/payment-succeeded.json" with { type: "json" };
import refundFixture from "./fixtures/refund-succeeded.json" with { type: "json" };
import { readNotification } from "./notification.ts";
import type { StripeCredentials } from "./wire.ts";

const now = new Date("2026-11-20T08:00:00Z");
const nowSeconds = now.getTime() / 1000;
const secret = "whsec_c2VjcmV0IHRoYXQgaXMgbm90IGJhc2U2NA==";

const account: ChannelAccount<StripeCredentials> = {
  id: "ca_1",
  livemode: false,
  credentials: { secret_key: "sk_test_1", publishable_key: "pk_test_1", webhook_secret: secret },
  baseUrl: "https://api.stripe.com",
  browserUrl: "https://api.stripe.com",
};

const event = (type: string, object: object, changes: object = {}) =>
  JSON.stringify({
    id: "evt_1",
    object: "event",
    type,
    created: nowSeconds - 2,
    livemode: false,
    data: { object },
    ...changes,
  });

function notification(payload: string, signing: { secret?: string; timestamp?: number } = {}): RawNotification {
  const header = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: nowSeconds, ...signing });
  return {
    method: "POST",
    path: "/notify/ca_1",
    query: "",
    headers: { "stripe-signature": header },
    body: Buffer.from(payload),
  };
}

const read = (raw: RawNotification) => readNotification(account, raw, now);

it("reads a payment by the reference in its metadata", () => {
  expect(read(notification(event("payment_intent.succeeded", paymentFixture)))).toMatchObject({
    kind: "payment",
    eventId: "evt_1",
    reference: paymentFixture.metadata.reference,
    outcome: { kind: "approved", amount: money(1999n, "USD"), at: new Date((nowSeconds - 2) * 1000) },
  });
});

it.each(["refund.updated", "charge.refund.updated"])("reads a refund from %s", (type) => {
  expect(read(notification(event(type, refundFixture)))).toMatchObject({
    kind: "refund",
    refundReference: refundFixture.metadata.refund,
    outcome: { kind: "succeeded", amount: money(500n, "USD") },
  });
});

it.each([
  ["an event that we do not follow", event("payment_intent.created", paymentFixture)],
  ["a payment that is not ours", event("payment_intent.succeeded", { ...paymentFixture, metadata: {} })],
  ["a refund made by hand in Stripe's console", event("refund.created", { ...refundFixture, metadata: {} })],
])("ignores %s", (_what, payload) => {
  expect(read(notification(payload))).toMatchObject({ kind: "ignored", eventId: "evt_1" });
});

const payload = event("payment_intent.succeeded", paymentFixture);
const valid = notification(payload);
it.each([
  ["signature", "another secret", notification(payload, { secret: "whsec_other" })],
  ["signature", "a changed body", { ...valid, body: Buffer.from(payload.replace("1999", "1998")) }],
  ["signature", "no signature", { ...valid, headers: {} }],
  ["signature", "an empty body", { ...valid, body: Buffer.alloc(0) }],
  ["stale", "a signature of 301 seconds ago", notification(payload, { timestamp: nowSeconds - 301 })],
  ["malformed", "no JSON", notification("not json")],
  ["malformed", "no event", notification("null")],
  ["foreign_account", "live mode's event", notification(event("payment_intent.succeeded", {}, { livemode: true }))],
])("refuses as %s: %s", (reason, _what, raw) => {
  expect(() => read(raw)).toThrow(expect.objectContaining({ name: "BadNotification", reason }));
});

it("accepts a notification that was five minutes on its way", () => {
  expect(read(notification(payload, { timestamp: nowSeconds - 300 }))).toMatchObject({ kind: "payment" });
});
