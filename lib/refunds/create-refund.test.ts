import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setAccountFaults, setOrderFaults, simulatedPayment } from "#lib/sandbox/drive-order";
import { expectLedgerBalanced, type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import {
  auditOf,
  bookOf,
  choose,
  eventsOf,
  nextNumber,
  openOrder,
  orderOf,
  paidOrder,
  refund,
  refundsOfOrder,
} from "#lib/testing/shop";
import { createRefund } from "./create-refund.ts";
import { settleRefund } from "./settle-refund.ts";

const minuteMs = 60_000;
const paidBook = { "channel_clearing CNY": 8800n, "merchant_pending CNY": 8747n, "fee_income CNY": 53n };

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

const shop = (settings = {}) => platform.merchant(settings, ["wechatpay", "stripe"]);

async function refundsAtProvider(merchant: TestMerchant, orderId: string) {
  return (await simulatedPayment(merchant.ctx, orderId))?.refunds.map(({ amount, status }) => ({ amount, status }));
}

describe("refunding an order", () => {
  it("reserves the money and our fee at once, and books the channel when it has confirmed", async () => {
    const { ctx } = await shop();
    const order = await paidOrder(platform, ctx);
    expect(await bookOf(ctx)).toEqual(paidBook);
    const made = await refund(ctx, order.id, 3000);
    expect(made).toMatchObject({ status: "pending", amount: 3000n, feeReturned: 18n, source: "merchant" });
    expect(await bookOf(ctx)).toEqual({
      "channel_clearing CNY": 8800n,
      "merchant_pending CNY": 5765n,
      "fee_income CNY": 35n,
      "refund_in_transit CNY": 3000n,
    });
    await platform.pass(minuteMs);
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "partially_refunded", amountRefunded: 3000n });
    expect(await bookOf(ctx)).toEqual({
      "channel_clearing CNY": 5800n,
      "merchant_pending CNY": 5765n,
      "fee_income CNY": 35n,
    });
    expect(await auditOf(ctx, made.id)).toEqual(["refund.create by api_key"]);
    expect(await eventsOf(ctx, order.id)).toEqual([
      "order.created",
      "order.paid",
      "refund.created",
      "refund.succeeded",
    ]);
    await expectLedgerBalanced(ctx);
  });

  it("leaves nothing behind when an order goes back in parts, not a cent of the fee either", async () => {
    const merchant = await shop();
    const { ctx } = merchant;
    const order = await paidOrder(platform, ctx);
    for (const amount of [1, 2999, undefined]) await refund(ctx, order.id, amount);
    await platform.pass(minuteMs);
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "refunded", amountRefunded: 8800n });
    expect(await bookOf(ctx)).toEqual({});
    expect((await refundsAtProvider(merchant, order.id))?.map(({ amount }) => amount).sort()).toEqual([1, 2999, 5800]);
    await expect(refund(ctx, order.id)).rejects.toMatchObject({ code: "order_refunded" });
    await expectLedgerBalanced(ctx);
  });

  it("never refunds more than was captured, even when two refunds race", async () => {
    const { ctx } = await shop();
    const order = await paidOrder(platform, ctx);
    const results = await Promise.allSettled([5000, 5000].map((amount) => refund(ctx, order.id, amount)));
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused.map((result) => result.reason)).toMatchObject([
      { code: "refund_too_large", param: "amount", detail: { refundable: "3800", currency: "CNY" } },
    ]);
    await platform.pass(minuteMs);
    expect(await orderOf(ctx, order.id)).toMatchObject({ amountRefunded: 5000n });
    await expectLedgerBalanced(ctx);
  });

  it("makes one refund of two requests with the same number", async () => {
    const { ctx } = await shop();
    const order = await paidOrder(platform, ctx);
    const input = { order: order.id, merchant_refund_no: nextNumber("R"), amount: 100 };
    const results = await Promise.allSettled([createRefund(ctx, input), createRefund(ctx, input)]);
    const [made] = results.filter((result) => result.status === "fulfilled");
    const [refused] = results.filter((result) => result.status === "rejected");
    expect(refused?.reason).toMatchObject({
      code: "duplicate_merchant_refund_no",
      detail: { existing: made?.value.id },
    });
    expect(await refundsOfOrder(ctx, order.id)).toHaveLength(1);
  });

  it("refuses what was never paid, and another merchant's order word for word like none at all", async () => {
    const [one, two] = await Promise.all([shop(), platform.merchant({}, [])]);
    const order = await openOrder(one.ctx);
    await expect(refund(one.ctx, order.id)).rejects.toMatchObject({ code: "order_pending" });
    const foreign = await refund(two.ctx, order.id).catch((error: unknown) => error);
    const missing = await refund(two.ctx, "ord_none").catch((error: unknown) => error);
    expect(foreign).toMatchObject({ code: "not_found", detail: { object: "order" } });
    expect(missing).toMatchObject({ code: "not_found", detail: { object: "order" } });
  });

  it("refuses a refund that the merchant's balance does not cover, and lets the next payment cover it", async () => {
    const { ctx } = await shop({ feeReturnedOnRefund: false });
    const order = await paidOrder(platform, ctx);
    await expect(refund(ctx, order.id)).rejects.toMatchObject({ code: "balance_too_low", param: "amount" });
    expect(await bookOf(ctx)).toEqual(paidBook);
    await paidOrder(platform, ctx, { amount: 100 });
    await refund(ctx, order.id);
    await platform.pass(minuteMs);
    expect(await bookOf(ctx)).toMatchObject({ "fee_income CNY": 54n, "merchant_pending CNY": 46n });
    await expectLedgerBalanced(ctx);
  });
});

describe("a refund that does not go well", () => {
  it("gives the money and our fee back to the balance when it fails at the channel", async () => {
    const { ctx } = await shop();
    const order = await paidOrder(platform, ctx);
    await setOrderFaults(ctx, order.id, [{ kind: "fail_refund", times: 1 }]);
    await refund(ctx, order.id);
    await platform.pass(minuteMs);
    expect(await refundsOfOrder(ctx, order.id)).toMatchObject([{ status: "failed" }]);
    expect(await orderOf(ctx, order.id)).toMatchObject({
      status: "paid",
      amountRefunded: 0n,
      amountRefundReserved: 0n,
    });
    expect(await bookOf(ctx)).toEqual(paidBook);
    expect(await eventsOf(ctx, order.id)).toContain("refund.failed");
    await refund(ctx, order.id);
    await platform.pass(minuteMs);
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "refunded" });
    expect(await bookOf(ctx)).toEqual({});
    await expectLedgerBalanced(ctx);
  });

  it("is undone when the bank sends it back after it had succeeded", async () => {
    const { ctx } = await shop();
    const order = await openOrder(ctx);
    await choose(ctx, order.id, "card", { token: "pm_card_refundFail" });
    await refund(ctx, order.id);
    await platform.settle();
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "refunded", amountRefunded: 8800n });
    await platform.pass(5_000);
    expect(await refundsOfOrder(ctx, order.id)).toMatchObject([{ status: "failed" }]);
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "paid", amountRefunded: 0n });
    expect(await bookOf(ctx)).toEqual(paidBook);
    await expectLedgerBalanced(ctx);
  });

  it("stays in transit while the bank takes its time", async () => {
    const { ctx } = await shop();
    const order = await paidOrder(platform, ctx);
    await setOrderFaults(ctx, order.id, [{ kind: "slow_refund", delayMs: 10 * minuteMs }]);
    await refund(ctx, order.id);
    await platform.pass(minuteMs);
    expect(await refundsOfOrder(ctx, order.id)).toMatchObject([{ status: "processing" }]);
    expect(await bookOf(ctx)).toMatchObject({ "refund_in_transit CNY": 8800n, "channel_clearing CNY": 8800n });
    await platform.pass(10 * minuteMs);
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "refunded" });
    expect(await bookOf(ctx)).toEqual({});
  });

  it("is sent again when the channel can't take it now", async () => {
    const merchant = await shop();
    const { ctx } = merchant;
    const order = await paidOrder(platform, ctx);
    const made = await refund(ctx, order.id);
    await settleRefund(ctx, made.id, { kind: "failed", providerCode: "NOT_ENOUGH", retryable: true });
    expect(await refundsOfOrder(ctx, order.id)).toMatchObject([{ status: "pending", tryCount: 1 }]);
    await platform.pass(minuteMs);
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "refunded" });
    expect(await refundsAtProvider(merchant, order.id)).toEqual([{ amount: 8800, status: "SUCCESS" }]);
  });

  it.each([
    ["wechat_pay", /POST .*\/refund\/domestic\/refunds$/],
    ["card", /POST .*\/stripe\/v1\/refunds$/],
  ] as const)("is made once at the provider of %s although the first answer was lost", async (method, call) => {
    const merchant = await shop();
    const { ctx, accounts } = merchant;
    const order = await paidOrder(platform, ctx, {}, method);
    const account = accounts[method === "card" ? "stripe" : "wechatpay"];
    await setAccountFaults(ctx, account?.id ?? "", [{ kind: "lose_notification", times: 50 }]);
    platform.loseAnswer(call);
    await refund(ctx, order.id, 3000);
    await platform.runJobs();
    expect(await refundsOfOrder(ctx, order.id)).toMatchObject([{ status: "pending", tryCount: 1 }]);
    for (let minute = 0; minute < 3; minute++) await platform.pass(minuteMs);
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "partially_refunded", amountRefunded: 3000n });
    expect((await refundsAtProvider(merchant, order.id))?.map(({ amount }) => amount)).toEqual([3000]);
    await expectLedgerBalanced(ctx);
  });

  it("is settled once however many times the channel says so", async () => {
    const { ctx } = await shop();
    const order = await paidOrder(platform, ctx);
    const made = await refund(ctx, order.id, 3000);
    const outcome = {
      kind: "succeeded",
      reference: "T-1",
      amount: { minor: 3000n, currency: "CNY" },
      at: ctx.now,
    } as const;
    const results = await Promise.all([1, 2, 3, 4].map(() => settleRefund(ctx, made.id, outcome)));
    expect(results.map(({ result }) => result).sort()).toEqual(["applied", "repeated", "repeated", "repeated"]);
    expect(await orderOf(ctx, order.id)).toMatchObject({ amountRefunded: 3000n });
    await expectLedgerBalanced(ctx);
  });
});
