import Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../simulator.ts";
import { type AccountBench, type Bench, type Delivered, stripeBench } from "./testing.ts";

let bench: Bench;
let account: AccountBench;
beforeAll(async () => {
  bench = await stripeBench();
});
beforeEach(async () => {
  account = await bench.account();
});
afterAll(() => bench.close());

const minuteMs = 60_000;

function verified({ body, signature }: Delivered): Stripe.Event {
  return account.stripe.webhooks.constructEvent(
    body,
    signature,
    account.credentials.webhook_secret,
    300,
    undefined,
    bench.clock.now().getTime(),
  );
}

async function runAll(times = 5): Promise<void> {
  for (let run = 0; run < times; run++) await bench.simulator.runDue();
}

describe("an endpoint", () => {
  it("is registered with the secret of the account, and shown without it", async () => {
    const endpoint = await account.stripe.webhookEndpoints.create({
      url: account.receiver.url,
      enabled_events: ["payment_intent.succeeded"],
    });
    expect(endpoint).toMatchObject({
      object: "webhook_endpoint",
      secret: account.credentials.webhook_secret,
      status: "enabled",
    });
    const shown = await account.stripe.webhookEndpoints.retrieve(endpoint.id);
    expect(shown.secret).toBeUndefined();
    expect((await account.stripe.webhookEndpoints.list()).data).toEqual([shown]);
  });

  it("gets only what it asked for, and nothing once removed", async () => {
    const { id } = await account.stripe.webhookEndpoints.create({
      url: account.receiver.url,
      enabled_events: ["payment_intent.succeeded"],
    });
    await account.pay("pm_card_visa");
    await bench.simulator.runDue();
    expect(account.receiver.types()).toEqual(["payment_intent.succeeded"]);
    await account.stripe.webhookEndpoints.del(id);
    await account.pay("pm_card_visa");
    await bench.simulator.runDue();
    expect(account.receiver.types()).toEqual(["payment_intent.succeeded"]);
  });
});

describe("events", () => {
  async function eventsOf(act: () => Promise<unknown>): Promise<string[]> {
    await act().catch(() => undefined);
    await bench.simulator.runDue();
    return account.receiver.types().sort();
  }

  it("are signed so that the official package accepts them", async () => {
    const intent = await account.pay("pm_card_visa");
    await bench.simulator.runDue();
    const succeeded = account.receiver.deliveries
      .map(verified)
      .find((event) => event.type === "payment_intent.succeeded");
    expect(succeeded).toMatchObject({
      object: "event",
      livemode: false,
      api_version: "2026-10-28.endive",
      pending_webhooks: 1,
    });
    expect(succeeded?.data.object).toMatchObject({
      id: intent.id,
      status: "succeeded",
      metadata: { reference: "att_1" },
    });
    const fetched = await account.stripe.events.retrieve(succeeded?.id ?? "");
    expect(fetched.data.object).toMatchObject({ id: intent.id });
  });

  it("tell a success, a decline, an authentication, a capture, a cancel and a refund", async () => {
    expect(await eventsOf(() => account.pay("pm_card_visa"))).toEqual([
      "charge.succeeded",
      "payment_intent.created",
      "payment_intent.succeeded",
    ]);
    account = await bench.account();
    expect(await eventsOf(() => account.pay("pm_card_chargeDeclined"))).toEqual([
      "charge.failed",
      "payment_intent.created",
      "payment_intent.payment_failed",
    ]);
    account = await bench.account();
    expect(await eventsOf(() => account.pay("pm_card_threeDSecure2Required"))).toEqual([
      "payment_intent.created",
      "payment_intent.requires_action",
    ]);
    account = await bench.account();
    expect(
      await eventsOf(async () => {
        const held = await account.pay("pm_card_visa", { capture_method: "manual" });
        await account.stripe.paymentIntents.capture(held.id);
      }),
    ).toEqual([
      "charge.captured",
      "charge.succeeded",
      "payment_intent.amount_capturable_updated",
      "payment_intent.created",
      "payment_intent.succeeded",
    ]);
    account = await bench.account();
    expect(
      await eventsOf(async () => {
        const intent = await account.stripe.paymentIntents.create({ amount: 2000, currency: "usd" });
        await account.stripe.paymentIntents.cancel(intent.id);
      }),
    ).toEqual(["payment_intent.canceled", "payment_intent.created"]);
    account = await bench.account();
    expect(
      await eventsOf(async () => {
        const intent = await account.pay("pm_card_visa");
        await account.stripe.refunds.create({ payment_intent: intent.id });
      }),
    ).toEqual([
      "charge.refunded",
      "charge.succeeded",
      "payment_intent.created",
      "payment_intent.succeeded",
      "refund.created",
    ]);
  });

  it("are sent once when they are accepted, even by two senders at a time", async () => {
    await account.pay("pm_card_visa");
    await Promise.all([bench.simulator.runDue(), bench.simulator.runDue()]);
    bench.clock.advance(10 * minuteMs);
    await runAll();
    expect(account.receiver.deliveries).toHaveLength(3);
  });

  it("are retried three times over hours, unchanged and signed anew, then given up", async () => {
    account.receiver.status = 500;
    await account.stripe.webhookEndpoints.create({
      url: account.receiver.url,
      enabled_events: ["payment_intent.succeeded"],
    });
    await account.pay("pm_card_visa");
    const sentAfter: number[] = [];
    for (const minutes of [0, 4, 5, 34, 35, 244, 245, 10_000]) {
      const before = account.receiver.deliveries.length;
      bench.clock.advance(minutes * minuteMs);
      await bench.simulator.runDue();
      if (account.receiver.deliveries.length > before) sentAfter.push(minutes);
    }
    expect(sentAfter).toEqual([0, 5, 35, 245]);
    expect(new Set(account.receiver.deliveries.map(({ body }) => body)).size).toBe(1);
    expect(new Set(account.receiver.deliveries.map(({ signature }) => signature)).size).toBe(4);
    expect(await bench.simulator.payment(account.credentials, "att_1")).toMatchObject({
      notificationsSent: 4,
      notificationsDue: 0,
    });
  });

  it("count a redirect as a failure", async () => {
    account.receiver.status = 302;
    await account.pay("pm_card_visa");
    await bench.simulator.runDue();
    expect(await bench.simulator.payment(account.credentials, "att_1")).toMatchObject({ notificationsDue: 3 });
  });
});

describe("notification faults", () => {
  const outcomes = () => account.receiver.deliveries.filter(({ event }) => event.type === "payment_intent.succeeded");
  const given = (...faults: Fault[]) => bench.simulator.setFaults(account.credentials, faults);

  it("lose_notification: the next one never comes, the one after does", async () => {
    await given({ kind: "lose_notification" });
    await account.pay("pm_card_visa");
    await runAll();
    bench.clock.advance(10_000 * minuteMs);
    await runAll();
    expect(outcomes()).toHaveLength(0);
    await account.pay("pm_card_visa");
    await runAll();
    expect(outcomes()).toHaveLength(1);
  });

  it("repeat_notification: comes again although it was accepted, with the same id", async () => {
    await given({ kind: "repeat_notification", times: 2 });
    await account.pay("pm_card_visa");
    await runAll();
    expect(outcomes()).toHaveLength(3);
    expect(new Set(outcomes().map(({ event }) => event.id)).size).toBe(1);
  });

  it("corrupt_notification: a wrong signature first, a right one on the retry", async () => {
    await given({ kind: "corrupt_notification" });
    await account.stripe.webhookEndpoints.create({
      url: account.receiver.url,
      enabled_events: ["payment_intent.succeeded"],
    });
    account.receiver.status = 400;
    await account.pay("pm_card_visa");
    await runAll();
    account.receiver.status = 200;
    const [first] = outcomes();
    expect(() => verified(first as Delivered)).toThrow(Stripe.errors.StripeSignatureVerificationError);
    bench.clock.advance(5 * minuteMs);
    await runAll();
    expect(verified(outcomes()[1] as Delivered).type).toBe("payment_intent.succeeded");
  });

  it("reorder_notifications: the second comes before the first", async () => {
    await given({ kind: "reorder_notifications" });
    const [first, second] = [
      await account.pay("pm_card_visa", { metadata: { reference: "att_first" } }),
      await account.pay("pm_card_visa", { metadata: { reference: "att_second" } }),
    ];
    await runAll();
    expect(outcomes().map(({ event }) => (event.data.object as { id: string }).id)).toEqual([second.id, first.id]);
  });

  it("for one reference leave the others alone", async () => {
    await given({ kind: "lose_notification", reference: "att_x" });
    await account.pay("pm_card_visa", { metadata: { reference: "att_y" } });
    await account.pay("pm_card_visa", { metadata: { reference: "att_x" } });
    await runAll();
    expect(outcomes().map(({ event }) => (event.data.object as Stripe.PaymentIntent).metadata.reference)).toEqual([
      "att_y",
    ]);
  });
});

describe("the test shopper", () => {
  const pay = () => account.pay("pm_card_threeDSecure2Required");
  const act = (what: Parameters<Bench["simulator"]["act"]>[2]) =>
    bench.simulator.act(account.credentials, "att_1", what);

  it("authenticates", async () => {
    await pay();
    expect(await act({ act: "pay" })).toMatchObject({
      status: "succeeded",
      amount: 2000,
      currency: "USD",
      reference: "att_1",
    });
  });

  it("authenticates after a while", async () => {
    await pay();
    expect(await act({ act: "pay", afterMs: 5000 })).toMatchObject({ status: "requires_action" });
    bench.clock.advance(4999);
    await bench.simulator.runDue();
    expect(await bench.simulator.payment(account.credentials, "att_1")).toMatchObject({ status: "requires_action" });
    bench.clock.advance(1);
    await bench.simulator.runDue();
    expect(await bench.simulator.payment(account.credentials, "att_1")).toMatchObject({ status: "succeeded" });
    expect(account.receiver.types()).toContain("payment_intent.succeeded");
  });

  it.each([
    [{ act: "cancel" }, "payment_intent_authentication_failure"],
    [{ act: "fail" }, "payment_intent_authentication_failure"],
    [{ act: "fail", reason: "lost_or_stolen" }, "card_declined"],
  ] as const)("%o", async (what, code) => {
    const intent = await pay();
    expect(await act(what)).toMatchObject({ status: "requires_payment_method" });
    const after = await account.stripe.paymentIntents.retrieve(intent.id);
    expect(after.last_payment_error?.code).toBe(code);
  });

  it("has nothing to do with a payment that is over or unknown", async () => {
    await account.pay("pm_card_visa");
    await expect(act({ act: "pay" })).rejects.toThrow("nothing for the shopper to do");
    await expect(bench.simulator.act(account.credentials, "att_unknown", { act: "pay" })).rejects.toThrow("no payment");
  });
});
