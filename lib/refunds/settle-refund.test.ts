import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "#db/tenancy";
import type { RefundOutcome } from "#lib/channels/channel";
import type { CurrencyCode } from "#lib/kernel/currency";
import { money } from "#lib/kernel/money";
import { orderTimeline } from "#lib/orders/timeline";
import { expectLedgerBalanced, type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { bookOf, eventsOf, orderOf, paidOrder, postingsOf, refund, refundsOfOrder } from "#lib/testing/shop";
import { settleRefund } from "./settle-refund.ts";

const minuteMs = 60_000;
const paidBook = { "channel_clearing CNY": 8800n, "merchant_pending CNY": 8747n, "fee_income CNY": 53n };
const refundedBook = { "channel_clearing CNY": 5800n, "merchant_pending CNY": 5765n, "fee_income CNY": 35n };

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

const refused: RefundOutcome = { kind: "failed", providerCode: "ABNORMAL", retryable: false };
const gone = (ctx: Context, minor = 3000n, currency: CurrencyCode = "CNY"): RefundOutcome => ({
  kind: "succeeded",
  reference: "T-1",
  amount: money(minor, currency),
  at: ctx.now,
});

async function shopWithRefund(amount = 3000): Promise<{ merchant: TestMerchant; orderId: string; refundId: string }> {
  const merchant = await platform.merchant({}, ["wechatpay"]);
  const { id: orderId } = await paidOrder(platform, merchant.ctx);
  const { id: refundId } = await refund(merchant.ctx, orderId, amount);
  return { merchant, orderId, refundId };
}

describe("a refund that the channel ends twice, each time otherwise", () => {
  it("is booked as gone, once, when what had failed went out after all", async () => {
    const { merchant, orderId, refundId } = await shopWithRefund();
    const { ctx } = merchant;
    await settleRefund(ctx, refundId, refused, "told");
    expect(await bookOf(ctx)).toEqual(paidBook);
    expect(await settleRefund(ctx, refundId, gone(ctx), "told")).toMatchObject({ result: "contradiction" });
    expect(await bookOf(ctx)).toEqual(paidBook);
    expect(await orderOf(ctx, orderId)).toMatchObject({ status: "paid", amountRefunded: 0n });

    for (let time = 0; time < 3; time++) await settleRefund(ctx, refundId, gone(ctx), "asked");
    expect(await bookOf(ctx)).toEqual(refundedBook);
    expect(await orderOf(ctx, orderId)).toMatchObject({
      status: "partially_refunded",
      amountRefunded: 3000n,
      amountRefundReserved: 3000n,
    });
    expect(await refundsOfOrder(ctx, orderId)).toMatchObject([
      { status: "succeeded", failureCode: null, feeReturned: 18n, nextTryAt: null },
    ]);
    // Those of one transaction share their millisecond.
    expect((await postingsOf(ctx, orderId)).sort()).toEqual([
      "payment_succeeded",
      "refund_accepted",
      "refund_accepted",
      "refund_failed",
      "refund_succeeded",
    ]);
    expect((await eventsOf(ctx, orderId)).filter((type) => type.startsWith("refund."))).toEqual([
      "refund.created",
      "refund.failed",
      "refund.succeeded",
    ]);
    const story = await ctx.transaction((tx) => orderTimeline(tx, orderId));
    expect(story.map(({ title }) => title)).toEqual(expect.arrayContaining(["refund.failed", "refund.succeeded"]));
    await expectLedgerBalanced(ctx);
  });

  it("is asked after by itself, and the provider's own state decides", async () => {
    const { merchant, orderId, refundId } = await shopWithRefund();
    const { ctx } = merchant;
    await platform.pass(minuteMs);
    expect(await orderOf(ctx, orderId)).toMatchObject({ amountRefunded: 3000n });
    await settleRefund(ctx, refundId, refused, "told");
    expect(await refundsOfOrder(ctx, orderId)).toMatchObject([{ status: "succeeded" }]);
    await platform.pass(minuteMs);
    expect(await refundsOfOrder(ctx, orderId)).toMatchObject([{ status: "succeeded", nextTryAt: null }]);
    expect(await bookOf(ctx)).toEqual(refundedBook);
  });

  it("burdens suspense, not the order, when its money had already gone out in another refund", async () => {
    const { merchant, orderId, refundId } = await shopWithRefund(8800);
    const { ctx } = merchant;
    await settleRefund(ctx, refundId, refused, "told");
    const second = await refund(ctx, orderId);
    await settleRefund(ctx, second.id, gone(ctx, 8800n));
    await settleRefund(ctx, refundId, gone(ctx, 8800n), "asked");
    expect(await orderOf(ctx, orderId)).toMatchObject({ status: "refunded", amountRefunded: 8800n });
    expect(await bookOf(ctx)).toEqual({ "channel_clearing CNY": -8800n, "suspense CNY": -8800n });
    expect(await refundsOfOrder(ctx, orderId)).toMatchObject([
      { status: "succeeded", isBeyondOrder: true, fundedFrom: "suspense", feeReturned: 0n },
      { status: "succeeded", isBeyondOrder: false },
    ]);
    await settleRefund(ctx, refundId, refused, "asked");
    expect(await bookOf(ctx)).toEqual({});
    expect(await orderOf(ctx, orderId)).toMatchObject({ status: "refunded", amountRefundReserved: 8800n });
    await expectLedgerBalanced(ctx);
  });

  it("ends in the same place whatever order the channel's words come in", async () => {
    const { merchant, orderId, refundId } = await shopWithRefund();
    const { ctx } = merchant;
    const word = fc.record({
      outcome: fc.constantFrom(refused, gone(ctx), { kind: "pending" } as const),
      heard: fc.constantFrom("asked", "told"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 6 }), fc.boolean(), async (words, isGone) => {
        for (const { outcome, heard } of words) await settleRefund(ctx, refundId, outcome, heard as "asked");
        await settleRefund(ctx, refundId, isGone ? gone(ctx) : refused, "asked");
        expect(await bookOf(ctx)).toEqual(isGone ? refundedBook : paidBook);
        expect(await orderOf(ctx, orderId)).toMatchObject({ amountRefunded: isGone ? 3000n : 0n });
        await expectLedgerBalanced(ctx);
      }),
      { numRuns: 25 },
    );
  });
});

describe("a refund that the channel reports with another sum", () => {
  it.each([
    ["a smaller amount", 2999n, "CNY"],
    ["another currency", 3000n, "USD"],
  ] as const)(
    "of %s is not booked, told of once, and settled when the channel names ours",
    async (_label, minor, currency) => {
      const { merchant, orderId, refundId } = await shopWithRefund();
      const { ctx } = merchant;
      for (const heard of ["told", "asked"] as const) {
        const { result } = await settleRefund(ctx, refundId, gone(ctx, minor, currency), heard);
        expect(result).toBe("mismatch");
      }
      expect(await bookOf(ctx)).toMatchObject({ "refund_in_transit CNY": 3000n, "channel_clearing CNY": 8800n });
      expect(await orderOf(ctx, orderId)).toMatchObject({ status: "paid", amountRefunded: 0n });
      expect(await refundsOfOrder(ctx, orderId)).toMatchObject([
        { status: "processing", failureCode: "amount_mismatch" },
      ]);
      expect((await eventsOf(ctx, orderId)).filter((type) => type === "refund.amount_mismatch")).toHaveLength(1);

      await settleRefund(ctx, refundId, gone(ctx), "asked");
      expect(await bookOf(ctx)).toEqual(refundedBook);
      expect(await refundsOfOrder(ctx, orderId)).toMatchObject([{ status: "succeeded", failureCode: null }]);
      await expectLedgerBalanced(ctx);
    },
  );
});
