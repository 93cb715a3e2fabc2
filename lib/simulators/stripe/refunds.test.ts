import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AccountBench, type Bench, failureOf, stripeBench } from "./testing.ts";

let bench: Bench;
let account: AccountBench;
beforeAll(async () => {
  bench = await stripeBench();
});
afterAll(() => bench.close());

async function fresh(): Promise<Stripe> {
  account = await bench.account();
  return account.stripe;
}

async function amountsOf(stripe: Stripe): Promise<[string, number][]> {
  const lines = await stripe.balanceTransactions.list({ limit: 100 });
  return lines.data.map((line) => [line.type, line.net] as [string, number]).reverse();
}

describe("a refund", () => {
  it("in part and then in whole gives everything back, once", async () => {
    const stripe = await fresh();
    const intent = await account.pay("pm_card_visa");
    const part = await stripe.refunds.create({
      payment_intent: intent.id,
      amount: 500,
      reason: "requested_by_customer",
      metadata: { reference: "re_1" },
    });
    expect(part).toMatchObject({ status: "succeeded", amount: 500, currency: "usd", metadata: { reference: "re_1" } });
    const rest = await stripe.refunds.create({ payment_intent: intent.id });
    expect(rest.amount).toBe(1500);
    expect(await failureOf(stripe.refunds.create({ payment_intent: intent.id, amount: 1 }))).toMatchObject({
      statusCode: 400,
      code: "charge_already_refunded",
    });
    expect(await stripe.charges.retrieve(String(intent.latest_charge))).toMatchObject({
      refunded: true,
      amount_refunded: 2000,
    });
    expect((await stripe.refunds.list({ payment_intent: intent.id })).data.map(({ id }) => id)).toEqual([
      rest.id,
      part.id,
    ]);
    // The fee of 0.88 is not given back.
    expect(await amountsOf(stripe)).toEqual([
      ["charge", 1912],
      ["refund", -500],
      ["refund", -1500],
    ]);
  });

  it("is never more than was paid, even when two race", async () => {
    const stripe = await fresh();
    const intent = await account.pay("pm_card_visa");
    expect(await failureOf(stripe.refunds.create({ payment_intent: intent.id, amount: 2001 }))).toMatchObject({
      statusCode: 400,
      param: "amount",
    });
    const results = await Promise.allSettled(
      [1200, 1200].map((amount) => stripe.refunds.create({ payment_intent: intent.id, amount })),
    );
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  });

  it("needs a captured payment", async () => {
    const stripe = await fresh();
    const held = await account.pay("pm_card_visa", { capture_method: "manual" });
    const unpaid = await stripe.paymentIntents.create({ amount: 2000, currency: "usd" });
    for (const id of [held.id, unpaid.id]) {
      expect((await failureOf(stripe.refunds.create({ payment_intent: id }))).statusCode).toBe(400);
    }
    expect(await failureOf(stripe.refunds.create({ payment_intent: "pi_nothing" }))).toMatchObject({
      code: "resource_missing",
    });
    expect((await failureOf(stripe.refunds.create({ amount: 1 }))).statusCode).toBe(400);
  });

  it("of a disputed charge is refused", async () => {
    const stripe = await fresh();
    const intent = await account.pay("pm_card_createDispute");
    expect(await failureOf(stripe.refunds.create({ payment_intent: intent.id }))).toMatchObject({
      code: "charge_disputed",
    });
  });
});

describe("asynchronous refunds", () => {
  async function refundOf(card: string): Promise<{ stripe: Stripe; refund: Stripe.Refund }> {
    const stripe = await fresh();
    const intent = await account.pay(card);
    return {
      stripe,
      refund: await stripe.refunds.create({ payment_intent: intent.id, metadata: { reference: "re_2" } }),
    };
  }

  it("4000000000007726: pending first, succeeded later", async () => {
    const { stripe, refund } = await refundOf("4000000000007726");
    expect(refund).toMatchObject({ status: "pending", pending_reason: "processing" });
    bench.clock.advance(60_000);
    await bench.simulator.runDue();
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe("succeeded");
    expect(account.receiver.types()).toContain("refund.updated");
  });

  it("4000000000005126: succeeded first, failed later, and the money is back", async () => {
    const { stripe, refund } = await refundOf("4000000000005126");
    expect(refund.status).toBe("succeeded");
    bench.clock.advance(60_000);
    await bench.simulator.runDue();
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({
      status: "failed",
      failure_reason: "expired_or_canceled_card",
    });
    expect(await amountsOf(stripe)).toEqual([
      ["charge", 1912],
      ["refund", -2000],
      ["refund_failure", 2000],
    ]);
    expect(account.receiver.types()).toContain("refund.failed");
    expect(await stripe.charges.retrieve(String(refund.charge))).toMatchObject({ refunded: false, amount_refunded: 0 });
  });

  it("end as failed, or take their time, when told to", async () => {
    const stripe = await fresh();
    const intent = await account.pay("pm_card_visa");
    const refund = (reference: string) =>
      stripe.refunds.create({ payment_intent: intent.id, amount: 100, metadata: { reference } });
    await bench.simulator.setFaults(account.credentials, [
      { kind: "fail_refund", reference: "re_f" },
      { kind: "slow_refund", reference: "re_s", delayMs: 20_000 },
    ]);
    const refunds = [await refund("re_f"), await refund("re_s"), await refund("re_plain")];
    expect(refunds.map(({ status }) => status)).toEqual(["pending", "pending", "succeeded"]);
    const statuses = async () =>
      (await bench.simulator.payment(account.credentials, "att_1"))?.refunds.map(
        ({ reference, status }) => `${reference} ${status}`,
      );
    bench.clock.advance(10_000);
    await bench.simulator.runDue();
    expect(await statuses()).toEqual(["re_f failed", "re_s pending", "re_plain succeeded"]);
    bench.clock.advance(10_000);
    await bench.simulator.runDue();
    expect(await statuses()).toEqual(["re_f failed", "re_s succeeded", "re_plain succeeded"]);
  });
});

describe("disputes", () => {
  it.each([
    ["4000000000000259", "fraudulent", "needs_response", true],
    ["4000000000002685", "product_not_received", "needs_response", true],
    ["4000000000001976", "fraudulent", "warning_needs_response", false],
  ])("%s opens one", async (card, reason, status, isFormal) => {
    const stripe = await fresh();
    const intent = await account.pay(card);
    await bench.simulator.runDue();
    const created = account.receiver.deliveries.find(({ event }) => event.type === "charge.dispute.created");
    expect(created?.event.data.object).toMatchObject({ reason, status, amount: 2000, payment_intent: intent.id });
    expect(account.receiver.types().includes("charge.dispute.funds_withdrawn")).toBe(isFormal);
    const lines: [string, number][] = isFormal
      ? [
          ["charge", 1912],
          ["adjustment", -3500],
        ]
      : [["charge", 1912]];
    expect(await amountsOf(stripe)).toEqual(lines);
  });
});
