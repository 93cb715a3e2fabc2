import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openWorld, type World } from "./test-merchant.ts";

const { Formatter } = createRequire(import.meta.url)("wechatpay-axios-plugin");

let world: World;
beforeAll(async () => {
  world = await openWorld();
  const { simulator, merchant, clock } = world;
  const pay = async (no: string, change = {}) => {
    await merchant.order(no, change);
    await simulator.act(merchant.credentials, no, { act: "pay" });
    clock.advance(1000);
  };
  clock.set("2026-11-18T08:00:00Z");
  await pay("day_before", { amount: { total: 10_000 } });
  clock.set("2026-11-18T16:00:00Z");
  await pay("first_one", { description: "书, 两本\n平装", attach: "店,3" });
  await pay("second_one", { amount: { total: 1 } });
  await merchant.refund("first_one", "refund_ok", 3000, 8800);
  await simulator.setFaults(merchant.credentials, [{ kind: "fail_refund", reference: "refund_failed" }]);
  await merchant.refund("first_one", "refund_failed", 100, 8800);
  clock.advance(1000);
  await simulator.runDue();
  clock.set("2026-11-19T15:59:59Z");
  await merchant.order("never_paid");
  clock.set("2026-11-19T16:00:00Z");
  await pay("day_after");
  clock.set("2026-11-20T01:00:00Z");
});
afterAll(() => world.close());

async function fetchBill(path: string): Promise<Buffer> {
  const applied = await world.merchant.call("GET", path);
  expect([applied.status, applied.json.hash_type, applied.isSigned]).toEqual([200, "SHA1", true]);
  expect(applied.json.download_url).toMatch(/^http:\/\/provider\.test\/sim\/wechatpay\/v3\/billdownload\/file\?token=/);
  const file = await world.merchant.call("GET", applied.json.download_url);
  expect([file.status, file.headers.get("wechatpay-signature")]).toEqual([200, null]);
  const plain = path.includes("GZIP") ? gunzipSync(file.bytes) : file.bytes;
  expect(createHash("sha1").update(plain).digest("hex")).toBe(applied.json.hash_value);
  return plain;
}

it("lists a day's payments and refunds in 27 columns, with totals that add up", async () => {
  const file = await fetchBill("/v3/bill/tradebill?bill_date=2026-11-19&bill_type=ALL&tar_type=GZIP");
  const [heading] = file.subarray(3).toString().split("\r\n");
  expect(heading).toBe(
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类," +
      "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包," +
      "手续费,费率,订单金额,申请退款金额,费率备注",
  );
  const { rows, summary } = Formatter.castCsvBill(file);
  const brief = rows.map((row: Record<string, string>) => [
    row.商户订单号,
    row.商户退款单号,
    row.交易状态,
    row.退款状态,
    row.应结订单金额,
    row.退款金额,
    row.手续费,
  ]);
  expect(brief).toEqual([
    ["first_one", "0", "SUCCESS", "", "88.00", "0.00", "0.52800"],
    ["second_one", "0", "SUCCESS", "", "0.01", "0.00", "0.00006"],
    ["first_one", "refund_failed", "REFUND", "FAIL", "0.00", "1.00", "0.00000"],
    ["first_one", "refund_ok", "REFUND", "SUCCESS", "0.00", "30.00", "-0.18000"],
  ]);
  expect(rows[0]).toMatchObject({
    交易时间: "2026-11-19 00:00:00",
    商品名称: "书\\  两本\\n平装",
    商户数据包: "店\\ 3",
    费率: "0.60%",
  });
  expect(summary).toEqual({
    总交易单数: "4",
    应结订单总金额: "88.01",
    退款总金额: "31.00",
    充值券退款总金额: "0.00",
    手续费总金额: "0.34806",
    订单总金额: "88.01",
    申请退款总金额: "31.00",
  });
});

it.each([
  ["SUCCESS", 20, 2],
  ["REFUND", 29, 2],
])("has a %s bill of %i columns", async (type, columns, count) => {
  const file = await fetchBill(`/v3/bill/tradebill?bill_date=2026-11-19&bill_type=${type}`);
  const lines = file.toString().split("\r\n");
  expect(lines[0]?.split(",")).toHaveLength(columns);
  expect(lines[1]?.split(",")).toHaveLength(columns);
  expect(Formatter.castCsvBill(file).rows).toHaveLength(count);
});

it("keeps a running balance in the fund bill, from the days before", async () => {
  const { rows, summary } = Formatter.castCsvBill(await fetchBill("/v3/bill/fundflowbill?bill_date=2026-11-19"));
  const brief = rows.map((row: Record<string, string>) => [
    row.业务名称,
    row.收支类型,
    row["收支金额(元)"],
    row["账户结余(元)"],
  ]);
  expect(brief).toEqual([
    ["交易", "收入", "88.00", "187.40"],
    ["扣除交易手续费", "支出", "0.53", "186.87"],
    ["交易", "收入", "0.01", "186.88"],
    ["退款", "支出", "29.82", "157.06"],
  ]);
  expect(summary).toEqual({
    资金流水总笔数: "4",
    收入笔数: "2",
    收入金额: "88.01",
    支出笔数: "2",
    支出金额: "30.35",
  });
});

it.each([
  ["bill_date=2026-11-17", "NO_STATEMENT_EXIST"],
  ["bill_date=2026-11-20", "INVALID_REQUEST"],
  ["bill_date=2026-08-01", "INVALID_REQUEST"],
  ["bill_date=20261119", "PARAM_ERROR"],
  ["bill_date=2026-11-19&bill_type=SOME", "PARAM_ERROR"],
  ["bill_date=2026-11-19&tar_type=ZIP", "PARAM_ERROR"],
])("refuses a trade bill for %s with %s", async (query, code) => {
  const reply = await world.merchant.call("GET", `/v3/bill/tradebill?${query}`);
  expect([reply.status, reply.json.code]).toEqual([400, code]);
});

it("is made at nine in the morning", async () => {
  world.clock.set("2026-11-20T00:59:59Z");
  const reply = await world.merchant.call("GET", "/v3/bill/tradebill?bill_date=2026-11-19");
  expect([reply.status, reply.json.code]).toEqual([400, "STATEMENT_CREATING"]);
  world.clock.set("2026-11-20T01:00:00Z");
});

it("gives the file only to the merchant that applied for it, for five minutes", async () => {
  const { json } = await world.merchant.call("GET", "/v3/bill/tradebill?bill_date=2026-11-19");
  const other = await world.openMerchant();
  expect((await other.call("GET", json.download_url)).status).toBe(400);
  world.clock.advance(5 * 60_000 - 1);
  expect((await world.merchant.call("GET", json.download_url)).status).toBe(200);
  world.clock.advance(1);
  expect((await world.merchant.call("GET", json.download_url)).status).toBe(400);
  world.clock.set("2026-11-20T01:00:00Z");
});
