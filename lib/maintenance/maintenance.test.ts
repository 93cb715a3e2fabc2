import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { forgetAccounts } from "#lib/channel-accounts/load-account";
import { systemClock } from "#lib/kernel/clock";
import { operator, type TestOperator } from "#lib/testing/operators";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { auditOf, choose, openOrder, paidOrder, refund, refundsOfOrder } from "#lib/testing/shop";

let platform: Platform;
let ops: TestOperator;
let shop: TestMerchant;
beforeAll(async () => {
  platform = await startPlatform();
  ops = await operator(platform, "operations");
  shop = await platform.merchant({}, ["wechatpay", "alipay"]);
});
afterAll(() => platform.end());

const call = (method: string, path: string, body?: unknown, headers = ops.headers) =>
  platform.call(undefined, method, `/v1/operator${path}`, body, headers);
const inMinutes = (minutes: number) => new Date(systemClock.now().getTime() + minutes * 60_000).toISOString();
const announce = (change: Record<string, unknown>) =>
  call("POST", "/maintenance_windows", {
    channel: "alipay",
    starts_at: inMinutes(-1),
    ends_at: inMinutes(60),
    reason: "The provider moves house",
    ...change,
  });
async function offered({ ctx }: TestMerchant = shop) {
  const order = await openOrder(ctx);
  const { body } = await platform.call(undefined, "GET", `/v1/checkout/${order.id}`);
  const methods: string[] = body.methods.map(({ method }: { method: string }) => method);
  return { order, methods, maintenance: body.maintenance };
}

describe("a maintenance window", () => {
  it("takes the channel's methods off the checkout, says so, and gives them back when it is called off", async () => {
    const { body: window } = await announce({});
    expect(window).toMatchObject({ is_under_way: true, channel_name: "Alipay", created_by: "Olga operations" });
    const during = await offered();
    expect(during.methods).toEqual(["wechat_pay"]);
    expect(during.maintenance).toEqual(["alipay"]);
    await expect(choose(shop.ctx, during.order.id, "alipay")).rejects.toMatchObject({ code: "method_unavailable" });
    const told = await platform.call(await shop.key(), "GET", "/v1/maintenance_windows");
    expect(told.body.data).toMatchObject([
      { channel: "alipay", is_under_way: true, reason: "The provider moves house" },
    ]);
    expect((await call("POST", `/maintenance_windows/${window.id}/cancel`)).body).toMatchObject({ is_over: true });
    const after = await offered();
    expect(after.methods).toContain("alipay");
    expect(after.maintenance).toEqual([]);
    expect((await call("POST", `/maintenance_windows/${window.id}/cancel`)).status).toBe(404);
  });

  it("is told of ahead, and closes nothing before its time", async () => {
    const { body } = await announce({ starts_at: inMinutes(60), ends_at: inMinutes(120) });
    expect((await offered()).methods).toContain("alipay");
    const told = await platform.call(await shop.key(), "GET", "/v1/maintenance_windows");
    expect(told.body.data).toMatchObject([{ id: body.id, is_under_way: false }]);
    await call("POST", `/maintenance_windows/${body.id}/cancel`);
  });

  it("of one account closes that one alone, and is told to its merchant alone", async () => {
    const other = await platform.merchant({}, ["alipay"]);
    const { body } = await announce({ channel_account: other.accounts.alipay?.id });
    expect((await offered(other)).methods).toEqual([]);
    expect((await offered()).methods).toContain("alipay");
    const told = await platform.call(await shop.key(), "GET", "/v1/maintenance_windows");
    expect(told.body.data).toEqual([]);
    await call("POST", `/maintenance_windows/${body.id}/cancel`);
  });

  it.each([
    ["over already", { starts_at: "2020-01-01T00:00:00Z", ends_at: "2020-01-02T00:00:00Z" }, 400],
    ["backwards", { ends_at: inMinutesFixed(-5), starts_at: inMinutesFixed(5) }, 400],
    ["of no channel", { channel: "carrier_pigeon" }, 404],
    ["of an account at another channel", { channel: "wechatpay", channel_account: "ca_none" }, 404],
  ])("is refused when it is %s", async (_label, change, status) => {
    expect((await announce(change)).status).toBe(status);
  });
});

function inMinutesFixed(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString();
}

describe("a paused account", () => {
  it("gets no new payment until it is let go on, while refunds go on, and the merchant sees why", async () => {
    const paid = await paidOrder(platform, shop.ctx, {}, "wechat_pay");
    const id = shop.accounts.wechatpay?.id ?? "";
    const paused = await call("POST", `/channel_accounts/${id}/pause`, { reason: "Chargebacks" });
    expect(paused.body).toMatchObject({ pause_reason: "Chargebacks", merchant: { name: "Test merchant" } });
    forgetAccounts(shop.merchantId);
    const during = await offered();
    expect(during.methods).not.toContain("wechat_pay");
    expect(during.maintenance).toEqual([]);
    await expect(choose(shop.ctx, during.order.id, "wechat_pay")).rejects.toMatchObject({ code: "method_unavailable" });
    await refund(shop.ctx, paid.id);
    await platform.pass(60_000);
    expect(await refundsOfOrder(shop.ctx, paid.id)).toMatchObject([{ status: "succeeded" }]);
    const own = await platform.call(await shop.key(), "GET", `/v1/channel_accounts/${id}`);
    expect(own.body.pause_reason).toBe("Chargebacks");
    await call("POST", `/channel_accounts/${id}/resume`);
    expect((await offered()).methods).toContain("wechat_pay");
    expect(await auditOf(shop.ctx, id)).toEqual(
      expect.arrayContaining(["channel_account.pause by operator", "channel_account.resume by operator"]),
    );
  });

  it("is paused by nobody who may only look", async () => {
    const auditor = await operator(platform, "auditor");
    const path = `/channel_accounts/${shop.accounts.wechatpay?.id}/pause`;
    expect((await call("POST", path, { reason: "No" }, auditor.headers)).status).toBe(403);
  });
});

it("lists the accounts of all merchants, those whose credentials end soonest first, with how they answered", async () => {
  const { body } = await call("GET", "/channel_accounts");
  const ends = body.data.map((one: { credentials_expire_at: string | null }) => one.credentials_expire_at ?? "9999");
  expect(ends).toEqual([...ends].sort());
  expect(body.data.map((one: { id: string }) => one.id)).toContain(shop.accounts.alipay?.id);
  const { body: some } = await call("GET", `/channel_accounts?channel=wechatpay&merchant=${shop.merchantId}`);
  expect(some.data.map((one: { id: string }) => one.id)).toEqual([shop.accounts.wechatpay?.id]);
});
