import { afterAll, beforeAll, expect, it } from "vitest";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { bookOf, openOrder, paidOrder, refund } from "#lib/testing/shop";
import { follow } from "./testing.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

interface Given {
  readonly at: string;
  readonly gross: number;
  readonly currency?: string;
  readonly refunded?: number;
  readonly failed?: number;
}

async function counted({ merchantId }: TestMerchant, rows: readonly Given[]): Promise<void> {
  for (const { at, gross, currency = "CNY", refunded = 0, failed = 0 } of rows) {
    await platform.owner`
      insert into rollups (merchant_id, livemode, at, currency, method, channel, country, payments, gross, refunded,
        attempts_succeeded, attempts_failed)
      values (${merchantId}, false, ${at}, ${currency}, 'alipay', 'alipay', '', 1, ${gross}, ${refunded}, 1, ${failed})`;
  }
}

async function overview(merchant: TestMerchant, query: string) {
  const { status, body } = await platform.call(await merchant.key(), "GET", `/v1/analytics/overview?${query}`);
  return {
    status,
    body,
    of: (currency: string) => body.currencies.find((one: { currency: string }) => one.currency === currency),
  };
}

it("tells what was received, kept and refunded, in agreement with the balance", async () => {
  const merchant = await platform.merchant({}, ["wechatpay", "alipay"]);
  const first = await paidOrder(platform, merchant.ctx, { amount: 10_000, customer: { country: "JP" } });
  await paidOrder(platform, merchant.ctx, { amount: 5_000 }, "alipay");
  await openOrder(merchant.ctx);
  await refund(merchant.ctx, first.id, 2_500);
  await follow(merchant.ctx);

  const { status, body, of } = await overview(merchant, "");
  expect({ status, zone: body.time_zone, grain: body.grain }).toEqual({
    status: 200,
    zone: "Asia/Shanghai",
    grain: "day",
  });
  const cny = of("CNY");
  expect(cny.totals).toMatchObject({
    gross: 15_000,
    refunded: 2_500,
    payments: 2,
    refunds: 1,
    orders_created: 3,
    attempts_succeeded: 2,
    success_rate: 1,
    refund_rate: 0.1667,
  });
  const book = await bookOf(merchant.ctx);
  expect(BigInt(cny.totals.net)).toBe(book["merchant_pending CNY"]);
  expect(cny.balance).toEqual({ pending: cny.totals.net, available: 0 });
  expect(cny.series).toHaveLength(30);
  expect(cny.series.at(-1)).toMatchObject({ start: body.to, gross: 15_000 });
  expect(cny.methods).toEqual([
    { key: "wechat_pay", gross: 10_000, payments: 1 },
    { key: "alipay", gross: 5_000, payments: 1 },
  ]);
  expect(cny.countries).toEqual([
    { key: "JP", gross: 10_000, payments: 1 },
    { key: "", gross: 5_000, payments: 1 },
  ]);
  expect(Date.now() - Date.parse(body.as_of)).toBeLessThan(60_000);
});

it("cuts days where the zone's midnight is, also at a quarter to six past Greenwich", async () => {
  const merchant = await platform.merchant({}, []);
  await counted(merchant, [
    { at: "2026-03-01T18:00:00Z", gross: 1 },
    { at: "2026-03-01T18:15:00Z", gross: 20 },
    { at: "2026-03-02T18:00:00Z", gross: 300 },
    { at: "2026-03-02T18:15:00Z", gross: 4_000 },
  ]);
  const { of } = await overview(merchant, "from=2026-03-02&to=2026-03-04&time_zone=Asia/Kathmandu&compare=none");
  const days = of("CNY").series.map(({ start, gross }: { start: string; gross: number }) => [start, gross]);
  expect(days).toEqual([
    ["2026-03-02", 320],
    ["2026-03-03", 4_000],
    ["2026-03-04", 0],
  ]);
  expect(of("CNY").previous_totals).toBeNull();
});

it("compares with as many days before, and adds no currencies up", async () => {
  const merchant = await platform.merchant({}, []);
  await counted(merchant, [
    { at: "2026-02-27T20:00:00Z", gross: 7 },
    { at: "2026-02-28T00:00:00Z", gross: 500, refunded: 50, failed: 1 },
    { at: "2026-03-02T00:00:00Z", gross: 900, failed: 3 },
    { at: "2026-03-02T00:00:00Z", gross: 40, currency: "JPY" },
  ]);
  const { body, of } = await overview(merchant, "from=2026-03-02&to=2026-03-03&time_zone=UTC");
  expect(body.previous).toEqual({ from: "2026-02-28", to: "2026-03-01" });
  expect(of("CNY").totals).toMatchObject({ gross: 900, success_rate: 0.25 });
  expect(of("CNY").previous_totals).toMatchObject({ gross: 500, refunded: 50, success_rate: 0.5, refund_rate: 0.1 });
  expect(of("JPY")).toMatchObject({ totals: { gross: 40 }, previous_totals: { gross: 0, success_rate: null } });
  expect(body.grain).toBe("hour");
  expect(of("CNY").series).toHaveLength(48);
});

it("is empty for a merchant without a payment, and tells nobody else's numbers", async () => {
  const [mine, theirs] = await Promise.all([platform.merchant({}, []), platform.merchant({}, [])]);
  await counted(theirs, [{ at: new Date().toISOString(), gross: 1 }]);
  expect((await overview(mine, "")).body.currencies).toEqual([]);
});

it.each([
  ["from=2026-03-02&to=2026-03-01", "period_invalid"],
  ["from=2025-01-01&to=2026-03-01", "period_invalid"],
  ["from=2026-02-30", "day_invalid"],
  ["time_zone=Mars/Olympus", "time_zone_unknown"],
  ["time_zone=%2B08:00", "time_zone_unknown"],
])("refuses %s", async (query, code) => {
  const merchant = await platform.merchant({}, []);
  expect(await overview(merchant, query)).toMatchObject({ status: 400, body: { code } });
});
