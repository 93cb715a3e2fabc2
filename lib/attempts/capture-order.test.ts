import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadAccount } from "#lib/channel-accounts/load-account";
import type { QueryOutcome } from "#lib/channels/channel";
import { money } from "#lib/kernel/money";
import { actOnOrder, setOrderFaults, simulatedPayment } from "#lib/sandbox/drive-order";
import { expectLedgerBalanced, type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import {
  attemptsOfOrder,
  auditOf,
  authorizedOrder,
  bookOf,
  choose,
  eventsOf,
  openOrder,
  orderOf,
  postingsOf,
  refund,
  refundsOfOrder,
} from "#lib/testing/shop";
import { applyOutcome } from "./apply-outcome.ts";
import { captureOrder } from "./capture-order.ts";
import { voidOrder } from "./void-order.ts";

let platform: Platform;
let merchant: TestMerchant;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

async function shop() {
  merchant = await platform.merchant({}, ["stripe"]);
  return merchant;
}

describe("capturing an authorised order", () => {
  it("moves no money before, and all of it then", async () => {
    const { ctx } = await shop();
    const order = await authorizedOrder(ctx);
    await platform.settle();
    expect(await bookOf(ctx)).toEqual({});
    expect(await captureOrder(ctx, order.id)).toMatchObject({ status: "paid", amountCaptured: 8800n });
    await platform.settle();
    expect(await bookOf(ctx)).toEqual({
      "channel_clearing CNY": 8800n,
      "merchant_pending CNY": 8747n,
      "fee_income CNY": 53n,
    });
    expect(await eventsOf(ctx, order.id)).toEqual(["order.authorized", "order.created", "order.paid"]);
    expect(await auditOf(ctx, order.id)).toEqual(["order.create by api_key", "order.capture by api_key"]);
    await expectLedgerBalanced(ctx);
  });

  it("takes a part, with the fee of the part, and lets no more than the part be refunded", async () => {
    const { ctx } = await shop();
    const order = await authorizedOrder(ctx);
    expect(await captureOrder(ctx, order.id, 5000n)).toMatchObject({ status: "paid", amountCaptured: 5000n });
    await platform.settle();
    expect(await bookOf(ctx)).toMatchObject({ "channel_clearing CNY": 5000n, "fee_income CNY": 30n });
    await expect(refund(ctx, order.id, 5001)).rejects.toMatchObject({
      code: "refund_too_large",
      detail: { refundable: "5000" },
    });
    await expect(captureOrder(ctx, order.id, 3800n)).rejects.toMatchObject({ code: "order_paid" });
    await expectLedgerBalanced(ctx);
  });

  it("refuses more than was authorised", async () => {
    const { ctx } = await shop();
    const order = await authorizedOrder(ctx);
    await expect(captureOrder(ctx, order.id, 8801n)).rejects.toMatchObject({
      code: "capture_too_large",
      detail: { capturable: "8800" },
    });
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "authorized" });
  });

  it("refuses an order that nobody has authorised", async () => {
    const { ctx } = await shop();
    const order = await openOrder(ctx);
    await expect(captureOrder(ctx, order.id)).rejects.toMatchObject({ code: "order_pending" });
    await expect(voidOrder(ctx, order.id)).rejects.toMatchObject({ code: "order_pending" });
  });

  it("takes the money once when the answer is lost, and a job finds that out", async () => {
    const { ctx } = await shop();
    const order = await authorizedOrder(ctx);
    platform.loseAnswer(/POST .*\/capture$/);
    expect(await captureOrder(ctx, order.id, 5000n)).toMatchObject({ status: "authorized" });
    await expect(captureOrder(ctx, order.id, 4000n)).rejects.toMatchObject({ code: "attempt_in_progress" });
    await expect(voidOrder(ctx, order.id)).rejects.toMatchObject({ code: "attempt_in_progress" });
    await platform.pass(10_000);
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "paid", amountCaptured: 5000n });
    expect(await postingsOf(ctx, order.id)).toEqual(["payment_succeeded"]);
    await expectLedgerBalanced(ctx);
  });

  it("goes on with the same capture when the merchant asks again", async () => {
    const { ctx } = await shop();
    const order = await authorizedOrder(ctx);
    await setOrderFaults(ctx, order.id, [{ kind: "system_error", operation: "capture", times: 1 }]);
    expect(await captureOrder(ctx, order.id, 5000n)).toMatchObject({ status: "authorized" });
    expect(await captureOrder(ctx, order.id, 5000n)).toMatchObject({ status: "paid", amountCaptured: 5000n });
    expect(await postingsOf(ctx, order.id)).toEqual(["payment_succeeded"]);
  });

  it("takes the money once when two captures race", async () => {
    const { ctx } = await shop();
    const order = await authorizedOrder(ctx);
    await Promise.allSettled([captureOrder(ctx, order.id), captureOrder(ctx, order.id)]);
    await platform.settle();
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "paid", amountCaptured: 8800n });
    expect(await postingsOf(ctx, order.id)).toEqual(["payment_succeeded"]);
    await expectLedgerBalanced(ctx);
  });

  it("says that the provider refused when the authorisation is gone there, and the order ends", async () => {
    const { ctx } = await shop();
    const order = await authorizedOrder(ctx);
    await cancelAtProvider(order.latestAttemptId ?? "");
    await expect(captureOrder(ctx, order.id)).rejects.toMatchObject({ code: "channel_refused", status: 502 });
    expect(await attemptsOfOrder(ctx, order.id)).toMatchObject([{ pendingOperation: null }]);
    await platform.settle();
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "closed", amountCaptured: 0n });
    expect(await bookOf(ctx)).toEqual({});
  });
});

describe("a capture above the authorisation", () => {
  const above = (ctx: TestMerchant["ctx"], reference: string): QueryOutcome => ({
    kind: "approved",
    reference,
    amount: money(8801n, "CNY"),
    at: ctx.now,
    captured: true,
  });

  it("that is only told is asked after, and believed of the provider's own state", async () => {
    const { ctx } = await shop();
    const order = await authorizedOrder(ctx);
    const attemptId = order.latestAttemptId ?? "";
    const [attempt] = await attemptsOfOrder(ctx, order.id);
    const told = await applyOutcome(ctx, attemptId, above(ctx, attempt?.providerReference ?? ""), "told");
    expect(told).toMatchObject({ result: "contradiction", attempt: { status: "authorized", alert: true } });
    expect(await bookOf(ctx)).toEqual({});
    await platform.pass(1_000);
    expect(await attemptsOfOrder(ctx, order.id)).toMatchObject([
      { status: "authorized", alert: false, nextQueryAt: null },
    ]);
    expect(await captureOrder(ctx, order.id)).toMatchObject({ status: "paid", amountCaptured: 8800n });
    await expectLedgerBalanced(ctx);
  });

  it("that the provider stands by goes back to the shopper whole, and ends the order", async () => {
    const { ctx } = await shop();
    const order = await authorizedOrder(ctx);
    const attemptId = order.latestAttemptId ?? "";
    const [attempt] = await attemptsOfOrder(ctx, order.id);
    const outcome = above(ctx, attempt?.providerReference ?? "");
    expect((await applyOutcome(ctx, attemptId, outcome)).result).toBe("mismatch");
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "closed", amountCaptured: 0n });
    expect(await eventsOf(ctx, order.id)).toEqual([
      "order.amount_mismatch",
      "order.authorized",
      "order.closed",
      "order.created",
      "refund.created",
    ]);
    expect(await refundsOfOrder(ctx, order.id)).toMatchObject([{ amount: 8801n, source: "mismatch" }]);
    expect((await applyOutcome(ctx, attemptId, outcome, "told")).result).toBe("repeated");
    await expectLedgerBalanced(ctx);
  });
});

describe("voiding an authorised order", () => {
  it("lets the money go, closes the order, and nothing can be captured any more", async () => {
    const { ctx } = await shop();
    const order = await authorizedOrder(ctx);
    expect(await voidOrder(ctx, order.id)).toMatchObject({ status: "closed" });
    expect((await simulatedPayment(ctx, order.id))?.status).toBe("canceled");
    await platform.pass(31_000);
    expect(await eventsOf(ctx, order.id)).toEqual(["order.authorized", "order.closed", "order.created"]);
    await expect(captureOrder(ctx, order.id)).rejects.toMatchObject({ code: "order_closed" });
    expect(await bookOf(ctx)).toEqual({});
  });

  it("is finished by a job when the provider does not answer at first", async () => {
    const { ctx } = await shop();
    const order = await authorizedOrder(ctx);
    await setOrderFaults(ctx, order.id, [{ kind: "system_error", operation: "close", times: 1 }]);
    expect(await voidOrder(ctx, order.id)).toMatchObject({ status: "authorized" });
    await expect(captureOrder(ctx, order.id)).rejects.toMatchObject({ code: "attempt_in_progress" });
    await platform.pass(31_000);
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "closed" });
  });
});

describe("an authorisation that no order waits for", () => {
  it("is released when the order was closed in the meantime", async () => {
    const { ctx } = await shop();
    const order = await openOrder(ctx, { capture_method: "manual" });
    const { attempt } = await choose(ctx, order.id, "card", { token: "pm_card_threeDSecure2Required" });
    await platform.owner`update orders set status = 'closed' where id = ${order.id}`;
    await actOnOrder(ctx, order.id, { act: "pay" });
    await platform.settle();
    expect((await simulatedPayment(ctx, order.id))?.status).toBe("canceled");
    expect(await attemptsOfOrder(ctx, order.id)).toMatchObject([{ id: attempt.id, status: "canceled" }]);
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "closed" });
    expect(await bookOf(ctx)).toEqual({});
  });
});

/** What somebody does in the provider's own dashboard. */
async function cancelAtProvider(attemptId: string): Promise<void> {
  const { account } = await loadAccount(merchant.ctx, merchant.accounts.stripe?.id ?? "");
  const { secret_key } = account.credentials as { secret_key: string };
  const [intent] = await platform.owner<{ id: string }[]>`
    select id from sim.stripe_objects where object = 'payment_intent' and reference = ${attemptId}`;
  const answer = await fetch(`${platform.origin}/sim/stripe/v1/payment_intents/${intent?.id}/cancel`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret_key}` },
  });
  if (!answer.ok) throw new Error(await answer.text());
}
