import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DeclineReason, PaymentDetails, RefundOutcome } from "../channel.ts";
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

  it.each<[string, RefundOutcome["kind"], RefundOutcome["kind"]]>([
    ["4000000000007726", "pending", "succeeded"],
    // A refund that Stripe called succeeded may still come back, days later.
    ["4000000000005126", "succeeded", "failed"],
  ])("a refund to %s is first %s, then %s", async (number, first, last) => {
    const request = merchant.refundOf(await merchant.pay(typed(number)), 3000n);
    expect(await merchant.refund(request)).toMatchObject({ kind: first });
    await merchant.settleAfter(7 * 24 * 60 * 60_000, 7);
    expect(await merchant.queryRefund(request)).toMatchObject({ kind: last });
    const told = merchant.refundNotifications.filter((one) => one.refundReference === request.refundReference);
    expect(told.at(-1)?.outcome).toMatchObject({ kind: last });
  });

  it("takes amounts without decimals as they are", async () => {
    const yen = { minor: 500n, currency: "JPY" } as const;
    const asked = await merchant.pay(typed("4242424242424242"), { amount: yen });
    expect(asked.outcome).toMatchObject({ kind: "approved", amount: yen });
  });
});
