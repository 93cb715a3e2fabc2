import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeCalls } from "#lib/channel-accounts/note-calls";
import { loadPlatformAccount, platformCredentials } from "#lib/channel-accounts/platform-account";
import type { Method } from "#lib/channels/channel";
import { systemClock } from "#lib/kernel/clock";
import { newId } from "#lib/kernel/ids";
import { measures } from "#lib/operator/alerting/measure";
import { actOnOrder } from "#lib/sandbox/drive-order";
import { simulatorNamed } from "#lib/sandbox/simulators";
import { operator, type TestOperator } from "#lib/testing/operators";
import { expectLedgerBalanced, type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { choose, openOrder, orderOf } from "#lib/testing/shop";

let platform: Platform;
let admin: TestOperator;
let shop: TestMerchant;
let stranger: TestMerchant;
let key: string;
const lenders: Record<string, string> = {};
beforeAll(async () => {
  platform = await startPlatform();
  admin = await operator(platform);
  [shop, stranger] = await Promise.all([platform.merchant({}, []), platform.merchant({}, [])]);
  key = await shop.key();
  for (const channel of ["wechatpay", "stripe"]) {
    const { status, body } = await ask("POST", "", { channel, environment: "simulator", label: `Ours at ${channel}` });
    expect(status).toBe(201);
    lenders[channel] = body.id;
    const terms = { merchant: shop.merchantId, priority: 5, fee_bps: "80", fee_fixed: 10 };
    expect((await ask("POST", `/${body.id}/loans`, terms)).status).toBe(201);
  }
});
afterAll(() => platform.end());

const ask = (method: string, path: string, body?: unknown) =>
  platform.call(undefined, method, `/v1/operator/platform_accounts${path}`, body, { ...admin.headers });
const own = async (channel: string) => {
  const { body } = await platform.call(key, "GET", "/v1/channel_accounts");
  return body.data.find((account: { channel: string }) => account.channel === channel);
};
const change = async (channel: string, body: object) =>
  platform.call(key, "PATCH", `/v1/channel_accounts/${(await own(channel)).id}`, body);

async function pay(method: Method): Promise<string> {
  const { id } = await openOrder(shop.ctx);
  await choose(shop.ctx, id, method, method === "card" ? { token: "pm_card_visa" } : {});
  if (method === "wechat_pay") await actOnOrder(shop.ctx, id, { act: "pay" });
  await platform.settle();
  return id;
}

const offered = async () => {
  const order = await openOrder(shop.ctx);
  return choose(shop.ctx, order.id, "wechat_pay").then(
    () => "open",
    (error: { code?: string }) => error.code,
  );
};

describe("a merchant with nothing but lent accounts", () => {
  it.each([["wechat_pay", "wechatpay"] as const, ["card", "stripe"] as const])(
    "is paid by %s at the loan's price, and refunds it",
    async (method, channel) => {
      const id = await pay(method);
      expect(await orderOf(shop.ctx, id)).toMatchObject({ status: "paid", amountCaptured: 8800n });
      const [attempt] = await platform.owner`select fee, channel_account_id from attempts where order_id = ${id}`;
      expect(attempt).toEqual({ fee: "80", channel_account_id: (await own(channel)).id });

      const refund = { order: id, amount: 8800, merchant_refund_no: `R-${id}` };
      const asked = await platform.call(key, "POST", "/v1/refunds", refund, { "idempotency-key": `refund-${id}` });
      expect(asked.status).toBe(201);
      await platform.settle();
      await platform.pass(60_000);
      expect((await orderOf(shop.ctx, id)).status).toBe("refunded");
      await expectLedgerBalanced(shop.ctx);
    },
  );

  it("hears of cards at the platform's address, and only what is signed and ours", async () => {
    const { id } = await openOrder(shop.ctx);
    await choose(shop.ctx, id, "card", { token: "pm_card_threeDSecure2Required" });
    expect((await orderOf(shop.ctx, id)).status).toBe("pending");
    await actOnOrder(shop.ctx, id, { act: "pay" });
    await platform.settle();
    expect((await orderOf(shop.ctx, id)).status).toBe("paid");
    const rows = await platform.owner`
      select channel_account_id, result from channel_notifications where order_id = ${id} and kind = 'payment'`;
    expect(rows).toContainEqual({ channel_account_id: (await own("stripe")).id, result: "applied" });

    const [attempt] = await platform.owner`select id from attempts where order_id = ${id}`;
    const path = `/notify/${lenders.stripe}`;
    const told = platform.notifications.find(
      (one) => one.path === path && one.body.includes('"payment_intent.succeeded"') && one.body.includes(attempt?.id),
    );
    if (!told) throw new Error("nothing came to the platform's address");
    expect(told.status).toBe(200);
    const send = (to: string, body: string, secret: string) =>
      platform.call(undefined, "POST", to, body, {
        "stripe-signature": Stripe.webhooks.generateTestHeaderString({
          payload: body,
          secret,
          timestamp: Math.floor(systemClock.now().getTime() / 1000),
        }),
      });
    const { webhook_secret: secret = "" } = platformCredentials(await loadPlatformAccount(lenders.stripe ?? ""));
    expect((await send(path, told.body, secret)).status).toBe(200);
    expect((await send(path, told.body, "whsec_somebody_elses")).status).toBe(400);
    expect((await send("/notify/pca_00000000000000000000", told.body, secret)).status).toBe(404);

    const foreign = newId("attempt", stranger.merchantId, Date.now());
    const body = told.body.replaceAll(attempt?.id, foreign).replaceAll(/"evt_/g, '"evt_x');
    expect((await send(path, body, secret)).status).toBe(400);
    const cases = await platform.owner`select about_merchant, evidence->>'reference' as reference from error_cases`;
    expect(cases).toEqual([{ about_merchant: stranger.merchantId, reference: foreign }]);
  });

  it("sees whose they are, may order and narrow them, and nothing more", async () => {
    expect(await own("stripe")).toMatchObject({ provided_by: "platform", lent_methods: ["card"], fee_bps: "80" });
    expect(JSON.stringify(await own("stripe"))).not.toMatch(/whsec_|sk_test|secret/);
    expect((await change("stripe", { priority: 9 })).body).toMatchObject({ priority: 9, provided_by: "platform" });
    const secret = await change("stripe", { credentials: { secret_key: "sk_test_mine" } });
    expect(secret.body).toMatchObject({ code: "credentials_of_platform", param: "credentials" });
    expect((await change("stripe", { methods: ["alipay"] })).body).toMatchObject({ code: "method_not_lent" });
    expect((await change("stripe", { fee_bps: "0" })).body).toMatchObject({ code: "unknown_field" });
    const { id } = await own("stripe");
    expect((await platform.call(key, "POST", `/v1/channel_accounts/${id}/test`)).body.code).toBe("account_of_platform");
    const faults = `/v1/test/channel_accounts/${id}/faults`;
    expect((await platform.call(key, "POST", faults, { faults: [] })).body.code).toBe("account_of_platform");
  });

  it("uses new credentials at once, and they stand in no answer and no log", async () => {
    const simulator = simulatorNamed("stripe");
    const fresh = await simulator.provision({ label: "Opened anew" });
    const replaced = await ask("POST", `/${lenders.stripe}/credentials`, { credentials: fresh });
    expect(replaced.status).toBe(200);
    const { attempt } = await choose(shop.ctx, (await openOrder(shop.ctx)).id, "card", { token: "pm_card_visa" });
    expect(attempt.status).toBe("succeeded");
    expect(await simulator.payment(fresh, attempt.id)).toBeDefined();
    expect((await ask("POST", `/${lenders.stripe}/test`)).body).toMatchObject({ result: "accepted" });

    const revoked = { secret_key: "sk_test_revoked_by_the_provider" };
    const worse = await ask("POST", `/${lenders.stripe}/credentials`, { credentials: revoked });
    expect((await ask("POST", `/${lenders.stripe}/test`)).body).toMatchObject({ result: "refused" });
    const refused = await choose(shop.ctx, (await openOrder(shop.ctx)).id, "card", { token: "pm_card_visa" });
    expect(refused.attempt.status).not.toBe("succeeded");

    const logged = await platform.owner`
      select change::text from operator_log union all select change::text from audit_log`;
    const shown = JSON.stringify([replaced.body, worse.body, logged]);
    expect(shown).toContain("secret_key");
    for (const value of [...Object.values(fresh), revoked.secret_key]) expect(shown).not.toContain(value);
  });
});

describe("a platform's account", () => {
  it("is listed by the end of its credentials, which is watched once however many borrow it", async () => {
    await writeCalls();
    const { body } = await ask("GET", "");
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual([lenders.wechatpay, lenders.stripe]);
    const [first, second] = body.data;
    expect(first).toMatchObject({ merchants: 1, answered_at: expect.any(String) });
    expect(second).toMatchObject({ merchants: 1, credentials_expire_at: null });
    const now = systemClock.now();
    const days = Math.floor((Date.parse(first.credentials_expire_at) - now.getTime()) / 86_400_000);
    expect(await measures.certificate_days(now, 5)).toEqual([{ subject: lenders.wechatpay, value: days, cases: 1 }]);
  });

  it("that is switched off takes no new payment, and finishes what has begun", async () => {
    const { id } = await openOrder(shop.ctx);
    await choose(shop.ctx, id, "wechat_pay");
    expect((await ask("PATCH", `/${lenders.wechatpay}`, { status: "disabled" })).body.status).toBe("disabled");
    expect(await own("wechatpay")).toMatchObject({ status: "enabled", takes_payments: false });
    expect(await offered()).toBe("method_unavailable");
    await actOnOrder(shop.ctx, id, { act: "pay" });
    await platform.settle();
    expect((await orderOf(shop.ctx, id)).status).toBe("paid");
    await ask("PATCH", `/${lenders.wechatpay}`, { status: "enabled" });
    expect(await offered()).toBe("open");
  });

  it("that is taken back is closed, can't be switched on, and can be lent again with its orders", async () => {
    const before = await own("wechatpay");
    const loan = `/${lenders.wechatpay}/loans`;
    const taken = await ask("POST", `${loan}/${shop.merchantId}/take_back`);
    expect(taken.body).toMatchObject({ merchants: 0, loans: [{ merchant: { id: shop.merchantId } }] });
    expect(await offered()).toBe("method_unavailable");
    expect((await change("wechatpay", { status: "enabled" })).body.code).toBe("account_taken_back");
    expect((await ask("POST", loan, { merchant: shop.merchantId })).status).toBe(201);
    expect((await ask("POST", loan, { merchant: shop.merchantId })).body.code).toBe("account_already_lent");
    expect(await own("wechatpay")).toMatchObject({ id: before.id, takes_payments: true });
    const { body } = await platform.call(key, "GET", "/v1/audit_log?limit=100");
    const verbs = body.data.map(({ verb }: { verb: string }) => verb);
    expect(verbs).toEqual(expect.arrayContaining(["channel_account.lend", "channel_account.take_back"]));
  });

  it("is nobody's who was not lent it", async () => {
    const strangersKey = await stranger.key();
    const { body } = await platform.call(strangersKey, "GET", "/v1/channel_accounts");
    expect(body.data).toEqual([]);
    const { id } = await own("wechatpay");
    expect((await platform.call(strangersKey, "PATCH", `/v1/channel_accounts/${id}`, { priority: 1 })).status).toBe(
      404,
    );
    const order = await openOrder(stranger.ctx);
    await expect(choose(stranger.ctx, order.id, "wechat_pay")).rejects.toMatchObject({ code: "method_unavailable" });
    const mine = { channel: "stripe", environment: "simulator", label: "x", platform_account: lenders.stripe };
    const made = await platform.call(strangersKey, "POST", "/v1/channel_accounts", mine, { "idempotency-key": "x" });
    expect(made.body).toMatchObject({ code: "unknown_field" });
  });

  it.each([
    ["POST", "", { channel: "stripe", environment: "sandbox", label: "x" }, "credentials"],
    ["POST", "", { channel: "stripe", environment: "sandbox", label: "x", credentials: {} }, "credentials.secret_key"],
    ["POST", "", { channel: "stripe", environment: "simulator", label: "x", methods: ["alipay"] }, "methods"],
    ["POST", "", { channel: "none", environment: "simulator", label: "x" }, "channel"],
    ["POST", "/:id/loans", { merchant: "mer_none" }, "merchant"],
    ["POST", "/:id/loans", { merchant: "mer_00000000", fee_bps: "1%" }, "fee_bps"],
    ["POST", "/:id/loans", { merchant: "mer_00000000", methods: ["card"] }, "merchant"],
  ])("names the field of a wrong call: %s %s %j", async (method, path, body, param) => {
    const answer = await ask(method, path.replace(":id", lenders.stripe ?? ""), body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body.param).toBe(param);
  });
});
