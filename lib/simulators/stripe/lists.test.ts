import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AccountBench, type Bench, failureOf, stripeBench } from "./testing.ts";

let bench: Bench;
let account: AccountBench;
const ids: string[] = [];
const startS = Date.parse("2026-11-20T08:00:00Z") / 1000;

// Five payments, a minute apart.
beforeAll(async () => {
  bench = await stripeBench();
  account = await bench.account();
  for (const reference of ["att_a", "att_b", "att_c", "att_d", "att_e"]) {
    const intent = await account.pay("pm_card_visa", { metadata: { reference, order: "7" } });
    ids.push(intent.id);
    bench.clock.advance(60_000);
  }
});
afterAll(() => bench.close());

const idsOf = (list: { data: { id: string }[] }) => list.data.map(({ id }) => id);
const newestFirst = () => [...ids].reverse();

describe("lists", () => {
  it("page through everything, newest first", async () => {
    const seen: string[] = [];
    for await (const intent of account.stripe.paymentIntents.list({ limit: 2 })) seen.push(intent.id);
    expect(seen).toEqual(newestFirst());
    const back = await account.stripe.paymentIntents.list({ limit: 2, ending_before: ids[1] });
    expect([idsOf(back), back.has_more]).toEqual([[ids[3], ids[2]], true]);
  });

  it("show a payment at once", async () => {
    const list = await account.stripe.paymentIntents.list({ created: { gte: startS + 240 } });
    expect(list.data.map(({ metadata }) => metadata.reference)).toEqual(["att_e"]);
  });

  it.each([
    [{ gte: startS + 60, lt: startS + 180 }, [1, 2]],
    [{ gt: startS + 60, lte: startS + 180 }, [2, 3]],
    [startS + 120, [2]],
  ])("are limited in time by %o", async (created, expected) => {
    const list = await account.stripe.paymentIntents.list({ created });
    expect(idsOf(list)).toEqual(expected.map((position) => ids[position]).reverse());
  });

  it.each([{ limit: 0 }, { limit: 101 }, { starting_after: "pi_nothing" }])("refuse %o", async (params) => {
    expect((await failureOf(account.stripe.paymentIntents.list(params))).statusCode).toBeGreaterThanOrEqual(400);
  });
});

describe("search", () => {
  const search = (query: string) => account.stripe.paymentIntents.search({ query, limit: 100 });

  it.each([
    ["metadata['reference']:'att_c'", [2]],
    ['metadata["reference"]:"att_c"', [2]],
    ["metadata['order']:'7' AND status:'succeeded'", [0, 1, 2, 3, 4]],
    ["metadata['reference']:'att_a' OR metadata['reference']:'att_e'", [0, 4]],
    [`created>${startS + 179} AND -metadata['reference']:'att_e'`, [3]],
    ["amount>2000", []],
    ["status:'canceled'", []],
  ])("%s", async (query, expected) => {
    expect(idsOf(await search(query))).toEqual(expected.map((position) => ids[position]).reverse());
  });

  it("does not find what was written a moment ago", async () => {
    const late = await account.pay("pm_card_visa", { metadata: { reference: "att_late" } });
    expect(idsOf(await search("metadata['reference']:'att_late'"))).toEqual([]);
    bench.clock.advance(60_000);
    expect(idsOf(await search("metadata['reference']:'att_late'"))).toEqual([late.id]);
    await account.stripe.refunds.create({ payment_intent: late.id });
  });

  it("refuses what it can't read", async () => {
    expect(await failureOf(search("reference = att_c"))).toMatchObject({ statusCode: 400, param: "query" });
  });
});

describe("the statement", () => {
  it("lists each movement of a time span with its fee and, expanded, its source", async () => {
    const lines: Stripe.BalanceTransaction[] = [];
    const span = { gte: startS, lt: startS + 300 };
    for await (const line of account.stripe.balanceTransactions.list({
      created: span,
      limit: 2,
      expand: ["data.source"],
    }))
      lines.push(line);
    expect(lines.map((line) => (line.source as Stripe.Charge).metadata.reference)).toEqual([
      "att_e",
      "att_d",
      "att_c",
      "att_b",
      "att_a",
    ]);
    for (const line of lines) {
      expect(line).toMatchObject({
        amount: 2000,
        fee: 88,
        net: 1912,
        currency: "usd",
        type: "charge",
        status: "pending",
      });
      expect(line.fee_details).toMatchObject([{ amount: 88, type: "stripe_fee" }]);
    }
  });

  it("tells by type, and what has become available after two days", async () => {
    const own = await stripeBench();
    const { stripe, pay } = await own.account();
    const intent = await pay("pm_card_visa");
    await stripe.refunds.create({ payment_intent: intent.id, amount: 300 });
    own.clock.advance(2 * 86_400_000);
    const refunds = await stripe.balanceTransactions.list({ type: "refund" });
    expect(refunds.data.map(({ amount, net }) => [amount, net])).toEqual([[-300, -300]]);
    const charges = await stripe.balanceTransactions.list({ type: "charge" });
    expect(charges.data.map(({ status }) => status)).toEqual(["available"]);
    await own.close();
  });
});

describe("expand", () => {
  it("follows several steps and lists", async () => {
    const list = await account.stripe.paymentIntents.list({
      limit: 1,
      expand: ["data.latest_charge.balance_transaction", "data.payment_method"],
    });
    const intent = list.data[0] as Stripe.PaymentIntent;
    const charge = intent.latest_charge as Stripe.Charge;
    expect((charge.balance_transaction as Stripe.BalanceTransaction).source).toBe(charge.id);
    expect((intent.payment_method as Stripe.PaymentMethod).object).toBe("payment_method");
  });

  it("refuses what is no reference", async () => {
    const call = account.stripe.paymentIntents.retrieve(ids[0] ?? "", { expand: ["amount"] });
    expect(await failureOf(call)).toMatchObject({ statusCode: 400, param: "expand" });
  });
});
