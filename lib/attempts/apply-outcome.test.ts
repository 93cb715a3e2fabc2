import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { money } from "#lib/kernel/money";
import { orderTimeline } from "#lib/orders/timeline";
import { createRefund } from "#lib/refunds/create-refund";
import { settleRefund } from "#lib/refunds/settle-refund";
import { actOnOrder, setOrderFaults, simulatedPayment } from "#lib/sandbox/drive-order";
import { expectLedgerBalanced, type Platform, startPlatform } from "#lib/testing/platform";
import {
  attemptsOfOrder,
  bookOf,
  choose,
  eventsOf,
  openOrder,
  orderOf,
  postingsOf,
  refundsOfOrder,
} from "#lib/testing/shop";
import { applyOutcome } from "./apply-outcome.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

describe("a provider's word", () => {
  it("is booked once however many say it at the same time", async () => {
    const { ctx } = await platform.merchant({}, ["alipay"]);
    const order = await openOrder(ctx);
    const { attempt } = await choose(ctx, order.id, "alipay");
    const amount = money(8800n, "CNY");
    const approved = { kind: "approved", reference: "2026", amount, at: ctx.now, captured: true } as const;
    const applied = await Promise.all([1, 2, 3, 4, 5].map(() => applyOutcome(ctx, attempt.id, approved)));
    expect(applied.map(({ result }) => result).sort()).toEqual(["applied", ...Array(4).fill("repeated")]);
    expect(await eventsOf(ctx, order.id)).toEqual(["order.created", "order.paid"]);
    expect(await postingsOf(ctx, order.id)).toEqual(["payment_succeeded"]);
    await expectLedgerBalanced(ctx);
  });

  it("about another merchant's payment reaches nothing", async () => {
    const [one, two] = await Promise.all([platform.merchant({}, ["alipay"]), platform.merchant({}, [])]);
    const order = await openOrder(one.ctx);
    const { attempt } = await choose(one.ctx, order.id, "alipay");
    await expect(applyOutcome(two.ctx, attempt.id, { kind: "closed" })).rejects.toMatchObject({ code: "not_found" });
    expect(await attemptsOfOrder(one.ctx, order.id)).toEqual([attempt]);
  });
});

describe("money that no order waits for", () => {
  it("goes back when a second payment of the same order arrives, and the first stays", async () => {
    const { ctx } = await platform.merchant();
    const order = await openOrder(ctx);
    const first = await choose(ctx, order.id, "wechat_pay");
    await actOnOrder(ctx, order.id, { act: "pay" });
    const second = await choose(ctx, order.id, "alipay");
    await actOnOrder(ctx, order.id, { act: "pay" });
    await platform.settle();
    await platform.pass(10_000);
    const tries = await attemptsOfOrder(ctx, order.id);
    expect(tries.map(({ status, disposition }) => `${status} ${disposition}`).sort()).toEqual([
      "succeeded order",
      "succeeded surplus",
    ]);
    expect(new Set(tries.map((attempt) => attempt.id))).toEqual(new Set([first.attempt.id, second.attempt.id]));
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "paid", amountCaptured: 8800n, amountRefunded: 0n });
    expect(await eventsOf(ctx, order.id)).toEqual([
      "order.created",
      "order.paid",
      "order.surplus_payment",
      "refund.created",
      "refund.succeeded",
    ]);
    await expectLedgerBalanced(ctx);
  });

  it("goes back when the amount is wrong, and the order can still be paid", async () => {
    const { ctx } = await platform.merchant();
    const order = await openOrder(ctx);
    await choose(ctx, order.id, "wechat_pay");
    await setOrderFaults(ctx, order.id, [{ kind: "wrong_amount", amount: 8000, times: 1 }]);
    await actOnOrder(ctx, order.id, { act: "pay" });
    await platform.settle();
    await platform.pass(10_000);
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "pending", amountCaptured: 0n });
    expect(await simulatedPayment(ctx, order.id)).toMatchObject({ refunds: [{ status: "SUCCESS", amount: 8000 }] });
    expect(await eventsOf(ctx, order.id)).toContain("order.amount_mismatch");
    await choose(ctx, order.id, "alipay");
    await actOnOrder(ctx, order.id, { act: "pay" });
    await platform.settle();
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "paid", amountCaptured: 8800n });
    await expectLedgerBalanced(ctx);
  });

  it("goes back in the currency in which it came", async () => {
    const { ctx } = await platform.merchant({}, ["alipay"]);
    const order = await openOrder(ctx);
    const { attempt } = await choose(ctx, order.id, "alipay");
    const amount = money(8800n, "USD");
    await applyOutcome(ctx, attempt.id, { kind: "approved", reference: "2026", amount, at: ctx.now, captured: true });
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "pending", amountCaptured: 0n });
    expect(await refundsOfOrder(ctx, order.id)).toMatchObject([{ source: "mismatch", amount: 8800n, currency: "USD" }]);
    expect(await bookOf(ctx)).toEqual({ "channel_clearing USD": 8800n, "refund_in_transit USD": 8800n });
    await expectLedgerBalanced(ctx);
  });

  it("is kept beside the order where the merchant keeps second payments, and can be given back", async () => {
    const { ctx } = await platform.merchant({ secondPayment: "accept" }, ["wechatpay", "alipay"]);
    const order = await openOrder(ctx);
    for (const method of ["wechat_pay", "alipay"] as const) {
      await choose(ctx, order.id, method);
      await actOnOrder(ctx, order.id, { act: "pay" });
    }
    await platform.settle();
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "paid", amountCaptured: 8800n });
    expect(await refundsOfOrder(ctx, order.id)).toEqual([]);
    expect(await bookOf(ctx)).toMatchObject({ "merchant_pending CNY": 2n * 8747n, "fee_income CNY": 106n });
    expect(await eventsOf(ctx, order.id)).toContain("order.surplus_payment");

    const second = (await attemptsOfOrder(ctx, order.id)).find(({ disposition }) => disposition === "surplus");
    const input = { order: order.id, attempt: second?.id, merchant_refund_no: "second" };
    expect(await createRefund(ctx, input)).toMatchObject({ amount: 8800n, feeReturned: 53n, source: "merchant" });
    await platform.pass(60_000);
    expect(await orderOf(ctx, order.id)).toMatchObject({
      status: "paid",
      amountRefunded: 0n,
      amountRefundReserved: 0n,
    });
    expect(await bookOf(ctx)).toMatchObject({ "merchant_pending CNY": 8747n, "fee_income CNY": 53n });
    const again = createRefund(ctx, { ...input, merchant_refund_no: "third" });
    await expect(again).rejects.toMatchObject({ code: "refund_too_large" });
    await expectLedgerBalanced(ctx);
  });

  it("can be given back by hand when the automatic return has failed", async () => {
    const { ctx } = await platform.merchant({}, ["alipay"]);
    const order = await openOrder(ctx);
    const { attempt } = await choose(ctx, order.id, "alipay");
    const amount = money(8801n, "CNY");
    await applyOutcome(ctx, attempt.id, { kind: "approved", reference: "2026", amount, at: ctx.now, captured: true });
    const [returned] = await refundsOfOrder(ctx, order.id);
    await settleRefund(ctx, returned?.id ?? "", { kind: "failed", providerCode: "X", retryable: false });
    expect(await bookOf(ctx)).toEqual({ "channel_clearing CNY": 8801n, "suspense CNY": 8801n });
    const made = await createRefund(ctx, { order: order.id, attempt: attempt.id, merchant_refund_no: "again" });
    expect(made).toMatchObject({ amount: 8801n, source: "mismatch", fundedFrom: "suspense", feeReturned: 0n });
    await settleRefund(ctx, made.id, { kind: "succeeded", reference: "R", amount, at: ctx.now });
    expect(await bookOf(ctx)).toEqual({});
    await expectLedgerBalanced(ctx);
  });

  it("is told on the order's story with what became of it", async () => {
    const { ctx } = await platform.merchant({}, ["wechatpay", "alipay"]);
    const order = await openOrder(ctx);
    for (const method of ["wechat_pay", "alipay"] as const) {
      await choose(ctx, order.id, method);
      await actOnOrder(ctx, order.id, { act: "pay" });
    }
    await platform.pass(10_000);
    const story = await ctx.transaction((tx) => orderTimeline(tx, order.id));
    expect(story.map((entry) => entry.title)).toEqual(
      expect.arrayContaining(["order.paid", "order.surplus_payment", "unexpected_payment", "refund.succeeded"]),
    );
    const heard = story.filter((entry) => entry.kind === "notification").map((entry) => entry.data.result);
    expect(heard).toEqual(expect.arrayContaining(["applied", "mismatch"]));
  });
});
