import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DeclineReason, PaymentDetails } from "../channel.ts";
import { Merchant } from "./merchant.ts";
import { stripe as subject, type Way } from "./subjects.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let merchant: Merchant;
beforeAll(async () => {
  world = await createWorld();
  merchant = await Merchant.open(world, subject);
});
afterAll(() => world?.end());

const typed = (card: string): Way => ({ ...subject.calledWay, card });

// docs.stripe.com/testing
describe("Stripe's published test numbers", () => {
  it.each<[string, string]>([
    ["4242424242424242", "visa"],
    ["5555555555554444", "mastercard"],
    ["378282246310005", "amex"],
  ])("%s pays as %s", async (number, brand) => {
    const { outcome } = await merchant.pay(typed(number));
    const details: PaymentDetails = { brand, last4: number.slice(-4), country: "US", threeDSecure: "not_required" };
    expect(outcome).toMatchObject({ kind: "approved", details });
  });

  it.each<[string, DeclineReason, string]>([
    ["4000000000000002", "card_declined", "generic_decline"],
    ["4000000000009995", "insufficient_funds", "insufficient_funds"],
    ["4000000000009987", "lost_or_stolen", "lost_card"],
    ["4000000000009979", "lost_or_stolen", "stolen_card"],
    ["4000000000000069", "card_expired", "expired_card"],
    ["4000000000000127", "incorrect_cvc", "incorrect_cvc"],
    ["4000000000000119", "provider_error", "processing_error"],
    ["4100000000000019", "suspected_fraud", "fraudulent"],
  ])("%s is declined: %s", async (number, reason, providerCode) => {
    const asked = await merchant.pay(typed(number));
    expect(asked.outcome).toMatchObject({ kind: "declined", reason, providerCode });
    expect(await merchant.query(asked)).toEqual(asked.outcome);
  });

  it("4000000000003220 pays after its challenge, and says that it was authenticated", async () => {
    const asked = await merchant.pay(typed("4000000000003220"));
    expect(asked.outcome).toMatchObject({ kind: "pending", action: { type: "three_d_secure" } });
    await merchant.shopper(asked, { act: "pay" });
    expect(await merchant.query(asked)).toMatchObject({
      kind: "approved",
      details: { threeDSecure: "authenticated", last4: "3220" },
    });
  });

  it("4000000000003220 is declined when the challenge is failed", async () => {
    const asked = await merchant.pay(typed("4000000000003220"));
    await merchant.shopper(asked, { act: "cancel" });
    expect(await merchant.query(asked)).toMatchObject({ kind: "declined", reason: "authentication_failed" });
  });

  it.each<[string, DeclineReason]>([
    ["4000008400001629", "card_declined"],
    ["4000008260003178", "insufficient_funds"],
  ])("%s is declined after its challenge: %s", async (number, reason) => {
    const asked = await merchant.pay(typed(number));
    expect(asked.outcome.kind).toBe("pending");
    await merchant.shopper(asked, { act: "pay" });
    expect(await merchant.query(asked)).toMatchObject({ kind: "declined", reason });
  });

  it("4000000000007726 is refunded later, 4000000000005126 not at all", async () => {
    const slow = await merchant.pay(typed("4000000000007726"));
    const failing = await merchant.pay(typed("4000000000005126"));
    const refunds = [merchant.refundOf(slow, 3000n), merchant.refundOf(failing, 3000n)];
    for (const request of refunds) expect(await merchant.refund(request)).toMatchObject({ kind: "pending" });
    await merchant.settleAfter(7 * 24 * 60 * 60_000, 7);
    const outcomes = await Promise.all(refunds.map((request) => merchant.queryRefund(request)));
    expect(outcomes[0]).toMatchObject({ kind: "succeeded", amount: merchant.amount(3000n) });
    expect(outcomes[1]).toMatchObject({ kind: "failed", retryable: false });
  });

  it("takes amounts without decimals as they are", async () => {
    const yen = { minor: 500n, currency: "JPY" } as const;
    const asked = await merchant.pay(typed("4242424242424242"), { amount: yen });
    expect(asked.outcome).toMatchObject({ kind: "approved", amount: yen });
  });
});
