import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { paidOrder, refund } from "#lib/testing/shop";

let platform: Platform;
let shop: TestMerchant;
let key: string;
let orderId: string;
beforeAll(async () => {
  platform = await startPlatform();
  shop = await platform.merchant({}, ["alipay"]);
  key = await shop.key();
  const order = await paidOrder(platform, shop.ctx, { amount: 10_000 }, "alipay");
  orderId = order.id;
  await refund(shop.ctx, order.id, 2_500);
  await platform.settle();
  await paidOrder(platform, shop.ctx, { amount: 500 }, "alipay");
});
afterAll(() => platform.end());

const get = (path: string) => platform.call(key, "GET", path);
const kinds = async (query: string) =>
  (await get(`/v1/transactions?${query}`)).body.data.map((row: { kind: string }) => row.kind);

describe("the list of transactions", () => {
  it("tells of each booking what it changed, with its transfers", async () => {
    const { body } = await get(`/v1/transactions?order=${orderId}&kind=payment_succeeded`);
    expect(body.data).toMatchObject([
      { currency: "CNY", amount: 10_000, fee: 60, net: 9_940, transfers: [{ amount: 9_940 }, { amount: 60 }] },
    ]);
  });

  it("adds up to the balances", async () => {
    const { body } = await get("/v1/transactions?limit=100");
    const net = body.data.reduce((sum: number, row: { net: number }) => sum + row.net, 0);
    const [balance] = (await get("/v1/balances")).body.data;
    expect(net).toBe(balance.pending + balance.available);
  });

  it("filters by order, kind and the time of what happened", async () => {
    expect(await kinds(`order=${orderId}`)).toEqual(["refund_succeeded", "refund_accepted", "payment_succeeded"]);
    expect(await kinds("kind=payment_succeeded")).toHaveLength(2);
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    expect(await kinds(`occurred_from=${hourAgo}&occurred_to=${soon}`)).toHaveLength(4);
    expect(await kinds(`occurred_to=${hourAgo}`)).toEqual([]);
    expect(await kinds(`occurred_from=${soon}`)).toEqual([]);
  });

  it("comes page by page", async () => {
    const first = (await get("/v1/transactions?limit=3")).body;
    expect(first.has_more).toBe(true);
    const rest = (await get(`/v1/transactions?limit=3&starting_after=${first.data[2].id}`)).body;
    expect(rest).toMatchObject({ has_more: false, data: [{ kind: "payment_succeeded" }] });
  });
});

describe("the statement by periods", () => {
  it("closes with the balance", async () => {
    const from = new Date(Date.now() - 86_400_000).toISOString();
    const to = new Date(Date.now() + 86_400_000).toISOString();
    const query = `account=merchant_pending&currency=CNY&from=${from}&to=${to}`;
    const { body } = await get(`/v1/balances/statement/periods?${query}&by=month`);
    const [balance] = (await get("/v1/balances")).body.data;
    expect(body.time_zone).toBe("Asia/Shanghai");
    expect(body.data.at(-1).closing_balance).toBe(balance.pending);
    expect(
      await get(`/v1/balances/statement/periods?${query.replace("merchant_pending", "my_account")}`),
    ).toMatchObject({
      status: 404,
    });
  });
});

describe("the list of refunds", () => {
  it("filters by the merchant's number, who made it and when", async () => {
    const [made] = (await get("/v1/refunds")).body.data;
    const found = async (query: string) => (await get(`/v1/refunds?${query}`)).body.data.length;
    expect(await found(`merchant_refund_no=${made.merchant_refund_no}`)).toBe(1);
    expect(await found("merchant_refund_no=none")).toBe(0);
    expect(await found("source=merchant")).toBe(1);
    expect(await found("source=late")).toBe(0);
    expect(await found(`created_from=${made.created_at}&created_to=${made.created_at}`)).toBe(1);
    expect(await found(`created_to=${new Date(Date.parse(made.created_at) - 1).toISOString()}`)).toBe(0);
  });
});
