import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { updateChannelAccount } from "#lib/channel-accounts/update-account";
import { forgetMerchant } from "#lib/merchants/load-merchant";
import { actOnOrder, setAccountFaults } from "#lib/sandbox/drive-order";
import { expectLedgerBalanced, type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import {
  attemptsOfOrder,
  auditOf,
  choose,
  eventsOf,
  openOrder,
  orderOf,
  paidOrder,
  postingsOf,
} from "#lib/testing/shop";
import { surroundingsOf } from "./choose-account.ts";

const card = { paid: "pm_card_visa", poor: "pm_card_visa_chargeDeclinedInsufficientFunds" };

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

async function charges(merchant: TestMerchant): Promise<number> {
  const [row] = await platform.owner<{ count: number }[]>`
    select count(*)::int as count from sim.stripe_objects o
    where o.object = 'charge' and o.body->>'status' = 'succeeded' and o.payment_intent_id in (
      select id from sim.stripe_objects where object = 'payment_intent' and reference like ${`att_${merchant.merchantId.slice(4)}%`})`;
  return row?.count ?? 0;
}

describe("choosing a method", () => {
  it("shows a code that is still good again instead of starting another payment", async () => {
    const { ctx } = await platform.merchant();
    const order = await openOrder(ctx);
    const first = await choose(ctx, order.id, "wechat_pay");
    const second = await choose(ctx, order.id, "wechat_pay");
    expect(first.attempt).toMatchObject({ status: "requires_action", action: { type: "qr" } });
    expect(second.attempt).toEqual(first.attempt);
    expect(await auditOf(ctx, first.attempt.id)).toEqual(["attempt.start by api_key"]);
  });

  it("lets the shopper change to another method while nobody has paid", async () => {
    const { ctx } = await platform.merchant();
    const order = await openOrder(ctx);
    const first = await choose(ctx, order.id, "wechat_pay");
    const second = await choose(ctx, order.id, "alipay");
    expect(second.attempt.id).not.toBe(first.attempt.id);
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "pending", latestAttemptId: second.attempt.id });
  });

  it("starts one card payment when the button is pressed twice", async () => {
    const merchant = await platform.merchant();
    const order = await openOrder(merchant.ctx);
    const results = await Promise.allSettled([
      choose(merchant.ctx, order.id, "card"),
      choose(merchant.ctx, order.id, "card"),
    ]);
    const [refused] = results.filter((result) => result.status === "rejected");
    expect(refused?.reason).toMatchObject({ status: 409 });
    expect(await charges(merchant)).toBe(1);
    expect(await postingsOf(merchant.ctx, order.id)).toEqual(["payment_succeeded"]);
  });

  it.each([
    ["that the order does not list", { methods: ["alipay"] }, {}],
    ["that does not carry the currency", { currency: "USD" }, {}],
    ["that can't capture later", { capture_method: "manual" }, {}],
    ["in a flow that the device lacks", {}, { flow: "redirect" }],
    ["inside the rival's wallet", {}, { surroundings: surroundingsOf("AlipayClient/10.5") }],
  ] as const)("refuses WeChat Pay for an order %s", async (_label, changes, input) => {
    const { ctx } = await platform.merchant();
    const order = await openOrder(ctx, changes);
    await expect(choose(ctx, order.id, "wechat_pay", input)).rejects.toMatchObject({
      code: "method_unavailable",
      param: "method",
    });
    expect(await attemptsOfOrder(ctx, order.id)).toEqual([]);
  });

  it("asks for what the flow needs before anything is sent", async () => {
    const { ctx } = await platform.merchant();
    const order = await openOrder(ctx);
    await expect(choose(ctx, order.id, "card", { token: "" })).rejects.toMatchObject({ code: "token_required" });
    const surroundings = surroundingsOf("MicroMessenger");
    await expect(choose(ctx, order.id, "wechat_pay", { surroundings })).rejects.toMatchObject({
      code: "wallet_user_id_required",
    });
    expect(await attemptsOfOrder(ctx, order.id)).toEqual([]);
  });

  it("offers nothing over an account that is switched off", async () => {
    const { ctx, accounts } = await platform.merchant();
    const order = await openOrder(ctx);
    await updateChannelAccount(ctx, accounts.wechatpay?.id ?? "", { status: "disabled" });
    await expect(choose(ctx, order.id, "wechat_pay")).rejects.toMatchObject({ code: "method_unavailable" });
  });

  it("takes no payment for a suspended merchant", async () => {
    const { ctx, merchantId } = await platform.merchant();
    const order = await openOrder(ctx);
    await platform.owner`update merchants set status = 'suspended' where merchant_id = ${merchantId}`;
    forgetMerchant(merchantId);
    await expect(choose(ctx, order.id, "wechat_pay")).rejects.toMatchObject({ code: "merchant_suspended" });
  });

  it("takes no second payment for a paid order, and none after its time", async () => {
    const { ctx } = await platform.merchant();
    const paid = await paidOrder(platform, ctx);
    await expect(choose(ctx, paid.id, "alipay")).rejects.toMatchObject({ code: "order_paid" });
    const open = await openOrder(ctx, { expires_at: new Date(ctx.now.getTime() + 60_500).toISOString() });
    await platform.owner`update orders set expires_at = now() - interval '1 second' where id = ${open.id}`;
    await expect(choose(ctx, open.id, "alipay")).rejects.toMatchObject({ code: "order_expired" });
  });
});

describe("a card that is declined", () => {
  it("leaves the order payable, and the next card pays it", async () => {
    const merchant = await platform.merchant();
    const { ctx } = merchant;
    const order = await openOrder(ctx, { currency: "USD" });
    const declined = await choose(ctx, order.id, "card", { token: card.poor });
    expect(declined).toMatchObject({
      attempt: { status: "failed", declineReason: "insufficient_funds" },
      order: { status: "pending" },
    });
    const paid = await choose(ctx, order.id, "card", { token: card.paid });
    await platform.settle();
    expect(paid.order).toMatchObject({ status: "paid" });
    expect(await charges(merchant)).toBe(1);
    expect(await eventsOf(ctx, order.id)).toEqual(["attempt.failed", "order.created", "order.paid"]);
    await expectLedgerBalanced(ctx);
  });

  it("waits for 3-D Secure and takes nothing when it fails", async () => {
    const { ctx } = await platform.merchant();
    const order = await openOrder(ctx, { currency: "USD" });
    const challenged = await choose(ctx, order.id, "card", { token: "pm_card_threeDSecure2Required" });
    expect(challenged.attempt).toMatchObject({ status: "requires_action", action: { type: "three_d_secure" } });
    await actOnOrder(ctx, order.id, { act: "fail" });
    await platform.settle();
    expect(await attemptsOfOrder(ctx, order.id)).toMatchObject([
      { status: "failed", declineReason: "authentication_failed" },
    ]);
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "pending" });
    expect(await postingsOf(ctx, order.id)).toEqual([]);
  });
});

describe("a call whose answer was lost", () => {
  it("is asked after until the payment is found, and charges once", async () => {
    const merchant = await platform.merchant();
    const { ctx, accounts } = merchant;
    const order = await openOrder(ctx, { currency: "USD" });
    await setAccountFaults(ctx, accounts.stripe?.id ?? "", [{ kind: "lose_notification", times: 20 }]);
    platform.loseAnswer(/POST .*\/payment_intents$/);
    const { attempt } = await choose(ctx, order.id, "card");
    expect(attempt.status).toBe("unknown");
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "processing" });
    await expect(choose(ctx, order.id, "card")).rejects.toMatchObject({ code: "attempt_in_progress" });
    await expect(choose(ctx, order.id, "alipay")).rejects.toMatchObject({ code: "method_unavailable" });

    await platform.pass(5_000);
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "paid", amountCaptured: 8800n });
    expect(await charges(merchant)).toBe(1);
    await expectLedgerBalanced(ctx);
  });

  it("is believed never to have arrived only after a minute, and then another try is free", async () => {
    const { ctx, accounts } = await platform.merchant();
    const order = await openOrder(ctx, { currency: "USD" });
    await setAccountFaults(ctx, accounts.stripe?.id ?? "", [{ kind: "system_error", operation: "pay", times: 1 }]);
    const { attempt } = await choose(ctx, order.id, "card");
    expect(attempt.status).toBe("unknown");
    await platform.pass(30_000);
    await expect(choose(ctx, order.id, "card")).rejects.toMatchObject({ code: "attempt_in_progress" });
    await platform.pass(61_000);
    expect(await attemptsOfOrder(ctx, order.id)).toMatchObject([{ status: "failed", providerCode: "absent" }]);
    expect((await choose(ctx, order.id, "card")).order).toMatchObject({ status: "paid" });
    await expectLedgerBalanced(ctx);
  });

  it.each([
    ["wechat_pay", /POST .*\/transactions\/native$/],
    ["alipay", /POST .*\/gateway/],
  ] as const)("gives the shopper the same %s code when it is asked for again", async (method, call) => {
    const { ctx } = await platform.merchant();
    const order = await openOrder(ctx);
    platform.loseAnswer(call);
    const lost = await choose(ctx, order.id, method);
    expect(lost.attempt).toMatchObject({ status: "unknown", action: null });
    const again = await choose(ctx, order.id, method);
    expect(again.attempt).toMatchObject({ id: lost.attempt.id, status: "requires_action", action: { type: "qr" } });
    await actOnOrder(ctx, order.id, { act: "pay" });
    await platform.settle();
    expect(await orderOf(ctx, order.id)).toMatchObject({ status: "paid" });
    await expectLedgerBalanced(ctx);
  });

  it("is not held against the shopper when the provider has the payment but nobody got its code", async () => {
    const { ctx } = await platform.merchant();
    const order = await openOrder(ctx);
    platform.loseAnswer(/POST .*\/transactions\/native$/);
    const lost = await choose(ctx, order.id, "wechat_pay");
    await platform.pass(3_000);
    expect(await attemptsOfOrder(ctx, order.id)).toMatchObject([{ status: "processing" }]);
    expect((await choose(ctx, order.id, "wechat_pay")).attempt.id).toBe(lost.attempt.id);
    expect((await choose(ctx, order.id, "alipay")).attempt.id).not.toBe(lost.attempt.id);
  });
});
