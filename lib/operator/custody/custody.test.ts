import { afterAll, beforeAll, expect, it } from "vitest";
import { operator } from "#lib/testing/operators";
import { type Platform, startPlatform } from "#lib/testing/platform";
import { paidOrder, refund } from "#lib/testing/shop";

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

it("all that lies at channels is owed to somebody or our own fee, over every merchant, to the minor unit", async () => {
  const merchants = [await platform.merchant({}, ["wechatpay"]), await platform.merchant({}, ["wechatpay"])];
  for (const { ctx } of merchants) {
    const order = await paidOrder(platform, ctx, { amount: 10_000 });
    await refund(ctx, order.id, 2_500);
  }
  const { headers } = await operator(platform, "auditor");
  const { body } = await platform.call(undefined, "GET", "/v1/operator/custody", undefined, { ...headers });
  const [{ held, owed, own, difference, ...world }] = body.data;
  expect(body.data).toHaveLength(1);
  expect(world).toMatchObject({ livemode: false, currency: "CNY" });
  expect(held).toEqual([{ code: "channel:wechatpay", accounts: 2, balance: 20_000 }]);
  const sum = owed.reduce((total: number, line: { balance: number }) => total + line.balance, 0);
  expect(owed).toContainEqual({ code: "refund_in_transit", accounts: 2, balance: 5_000 });
  expect([sum + own, difference]).toEqual([20_000, 0]);
});
