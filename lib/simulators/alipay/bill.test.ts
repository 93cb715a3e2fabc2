import { inflateRawSync } from "node:zlib";
import iconv from "iconv-lite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing/database";
import { openShop, type Shop } from "./testing/shop.ts";

let database: TestDatabase;
let shop: Shop;

const billUrl = (bill_date: string, bill_type = "trade") =>
  shop.call("alipay.data.dataservice.bill.downloadurl.query", { bill_type, bill_date });

async function download(date: string): Promise<Buffer> {
  const { bill_download_url = "" } = await billUrl(date);
  const response = await shop.simulator.app.request(bill_download_url);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

/** Entries by walking the local headers (PKWARE APPNOTE 4.3.7), names as bytes. */
function entriesOf(zip: Buffer): { name: Buffer; flags: number; text: Buffer }[] {
  const entries = [];
  for (let at = 0; zip.readUInt32LE(at) === 0x04034b50; ) {
    const [size, nameLength, extraLength] = [
      zip.readUInt32LE(at + 18),
      zip.readUInt16LE(at + 26),
      zip.readUInt16LE(at + 28),
    ];
    const start = at + 30 + nameLength + extraLength;
    const name = zip.subarray(at + 30, at + 30 + nameLength);
    entries.push({ name, flags: zip.readUInt16LE(at + 6), text: inflateRawSync(zip.subarray(start, start + size)) });
    at = start + size;
  }
  return entries;
}

/** Two payments and a refund on the 20th, one of them paid a moment before Beijing's midnight; one on the 21st. */
beforeAll(async () => {
  database = await testDatabase();
  shop = await openShop(database);
  const pay = async (number: string, total_amount: string, more: Record<string, unknown> = {}) => {
    await shop.call("alipay.trade.precreate", shop.order(number, { total_amount, ...more }));
    await shop.simulator.act(shop.credentials, number, { act: "pay" });
  };
  await pay("b1", "88.80", { store_id: "S1", operator_id: "O1", terminal_id: "T1", body: "memo, with a comma" });
  shop.clock.advance(61_000);
  await shop.call("alipay.trade.refund", { out_trade_no: "b1", refund_amount: "30.00", out_request_no: "re1" });
  shop.clock.set("2026-11-20T15:59:59.999Z");
  await pay("b2", "0.84");
  shop.clock.set("2026-11-20T16:00:00Z");
  await pay("b3", "1.00");
});
afterAll(() => database.drop());

describe("the address of a bill", () => {
  it("is there from nine the next morning, Beijing time", async () => {
    shop.clock.set("2026-11-21T00:59:59Z");
    expect(await billUrl("2026-11-20")).toMatchObject({ code: "40004", sub_code: "BILL_NOT_EXIST" });
    shop.clock.set("2026-11-21T01:00:00Z");
    expect(await billUrl("2026-11-20")).toMatchObject({ code: "10000" });
  });

  it("is good for half a minute", async () => {
    const { bill_download_url = "" } = await billUrl("2026-11-20");
    shop.clock.advance(29_999);
    expect((await shop.simulator.app.request(bill_download_url)).status).toBe(200);
    shop.clock.advance(1);
    expect((await shop.simulator.app.request(bill_download_url)).status).toBe(403);
  });

  it("does not exist for a day without a trade", async () => {
    expect(await billUrl("2026-11-19")).toMatchObject({ sub_code: "BILL_NOT_EXIST" });
  });

  it.each([
    ["2026-11-31", "trade"],
    ["20261120", "trade"],
    ["2026-11-20", "wishes"],
  ])("is refused for %s of type %s", async (date, type) => {
    expect(await billUrl(date, type)).toMatchObject({ sub_code: "INVAILID_ARGUMENTS" });
  });

  it("is not guessed", async () => {
    expect((await shop.simulator.app.request("/downloadBillFile.resource?token=x")).status).toBe(403);
  });

  it("covers a month from the third day of the next one", async () => {
    const now = shop.clock.now();
    shop.clock.set("2026-12-03T00:59:59Z");
    expect(await billUrl("2026-11")).toMatchObject({ sub_code: "BILL_NOT_EXIST" });
    shop.clock.set("2026-12-03T01:00:00Z");
    const [, detail] = entriesOf(await download("2026-11"));
    expect(iconv.decode(detail?.text ?? Buffer.alloc(0), "gbk")).toContain("#交易合计：3笔");
    shop.clock.set(now);
  });
});

describe("the bill", () => {
  it("is a zip of two files with names in GBK and no UTF-8 flag, the summary first", async () => {
    const zip = await download("2026-11-20");
    const entries = entriesOf(zip);
    const stem = `${shop.credentials.seller_id}0156_20261120_业务明细`;
    expect(entries.map((entry) => entry.name)).toEqual([
      iconv.encode(`${stem}(汇总).csv`, "gbk"),
      iconv.encode(`${stem}.csv`, "gbk"),
    ]);
    expect(entries.map((entry) => entry.flags & 0x0800)).toEqual([0, 0]);
    // Once in the local header, once in the central directory.
    expect(zip.toString("latin1").split(iconv.encode(`${stem}.csv`, "gbk").toString("latin1"))).toHaveLength(3);
  });

  it("is written byte for byte as published", async () => {
    shop.clock.set("2026-11-21T02:03:04Z");
    const [, detail] = entriesOf(await download("2026-11-20"));
    const { trade_no: first } = await shop.call("alipay.trade.query", { out_trade_no: "b1" });
    const { trade_no: second } = await shop.call("alipay.trade.query", { out_trade_no: "b2" });
    const buyer = "*试(tes***@sandbox.com)\t";
    const expected = [
      "#支付宝业务明细查询",
      `#账号：[${shop.credentials.seller_id}0156]`,
      "#起始日期：[2026年11月20日 00:00:00]   终止日期：[2026年11月21日 00:00:00]",
      "#-----------------------------------------业务明细列表----------------------------------------",
      "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注",
      `${first}\t,b1\t,交易,Oolong / 乌龙茶,2026-11-20 10:00:00,2026-11-20 10:00:00,S1\t,\t,O1\t,T1\t,${buyer},88.80,88.80,0.00,0.00,0.00,0.00,0.00,,0.00\t,0.00,\t,-0.53,0.00,memo  with a comma`,
      `${first}\t,b1\t,退款,Oolong / 乌龙茶,2026-11-20 10:00:00,2026-11-20 10:01:01,S1\t,\t,\t,T1\t,${buyer},-30.00,-30.00,0.00,0.00,0.00,0.00,0.00,,0.00\t,0.00,re1\t,0.00,0.00,`,
      `${second}\t,b2\t,交易,Oolong / 乌龙茶,2026-11-20 23:59:59,2026-11-20 23:59:59,\t,\t,\t,\t,${buyer},0.84,0.84,0.00,0.00,0.00,0.00,0.00,,0.00\t,0.00,\t,-0.01,0.00,`,
      "#-----------------------------------------业务明细列表结束------------------------------------",
      "#交易合计：2笔，商家实收共89.64元，商家优惠共0.00元",
      "#退款合计：1笔，商家实收退款共-30.00元，商家优惠退款共0.00元",
      "#导出时间：[2026年11月21日 10:03:04]",
      "",
    ].join("\r\n");
    expect(detail?.text).toEqual(iconv.encode(expected, "gb18030"));
  });

  it("has 25 columns in every row", async () => {
    const [, detail] = entriesOf(await download("2026-11-20"));
    const rows = iconv
      .decode(detail?.text ?? Buffer.alloc(0), "gbk")
      .split("\r\n")
      .slice(4, 8);
    expect(rows.map((row) => row.split(",").length)).toEqual([25, 25, 25, 25]);
  });
});
