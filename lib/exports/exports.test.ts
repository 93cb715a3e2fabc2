import { createHash } from "node:crypto";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "#lib/api-keys/create-key";
import { runSchedule } from "#lib/jobs/schedules";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { auditOf, manyOrders, openOrder, paidOrder, refund } from "#lib/testing/shop";
import { cancelExport } from "./cancel-export.ts";
import { fileFormats } from "./file-format.ts";
import { readExportFile } from "./read-file.ts";
import { requestExport } from "./request-export.ts";
import { writeExport } from "./run-export.ts";
import { type CreateExport, createExportSchema } from "./schemas.ts";
import { getExport } from "./store.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.end());

const wish = (input: Record<string, unknown> = {}): CreateExport =>
  createExportSchema.parse({ object: "orders", format: "csv", ...input });

const exportOf = ({ ctx }: TestMerchant, id: string) => ctx.transaction((tx) => getExport(tx, id));

async function file({ ctx }: TestMerchant, id: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await readExportFile(ctx, id)).content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function exported(merchant: TestMerchant, input: Record<string, unknown> = {}): Promise<Buffer> {
  const { id } = await requestExport(merchant.ctx, wish(input));
  await platform.runJobs();
  return file(merchant, id);
}

const lines = (csv: Buffer) => csv.toString("utf8").trimEnd().split("\r\n");

describe("the file", () => {
  it("is UTF-8 with a byte order mark, in the caller's words, the merchant's time and exact amounts", async () => {
    const shop = await platform.merchant({}, ["wechatpay"]);
    const order = await paidOrder(platform, shop.ctx, { subject: 'Tea, "fine"', amount: 123_456 });
    const columns = [
      "merchant_order_no",
      "status",
      "currency",
      "amount",
      "amount_minor",
      "fee",
      "subject",
      "created_at",
    ];
    const csv = await exported(shop, { columns, locale: "zh-CN" });
    expect(csv.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const [head, row] = lines(csv.subarray(3));
    expect(head).toBe("商户订单号,状态,币种,金额,金额（最小货币单位）,手续费,商品,创建时间（Asia/Shanghai）");
    const wall = new Date(order.createdAt.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
    expect(row).toBe(`${order.merchantOrderNo},已支付,CNY,1234.56,123456,7.41,"Tea, ""fine""",${wall}`);
  });

  it("writes each currency with its own digits", async () => {
    const shop = await platform.merchant({}, []);
    for (const currency of ["JPY", "KWD", "USD"]) await openOrder(shop.ctx, { currency, amount: 12_345 });
    const [, ...rows] = lines(await exported(shop, { columns: ["currency", "amount"] }));
    expect(rows.sort()).toEqual(["JPY,12345", "KWD,12.345", "USD,123.45"]);
  });

  it.each(["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "＝1+1"])(
    "takes the sting out of %j, which a spreadsheet would run",
    async (subject) => {
      const shop = await platform.merchant({}, []);
      const csv = await exportedSubject(shop, subject, "csv");
      expect(csv).toContain(`'${subject.trim()}`);
    },
  );

  async function exportedSubject(shop: TestMerchant, subject: string, format: "csv" | "xlsx"): Promise<string> {
    await openOrder(shop.ctx, { subject });
    const content = await exported(shop, { columns: ["subject"], format });
    if (format === "csv") return content.toString("utf8");
    return strFromU8(unzipSync(content)["xl/worksheets/sheet1.xml"] ?? new Uint8Array());
  }

  it("is a workbook whose texts are never formulas and whose amounts are numbers", async () => {
    const shop = await platform.merchant({}, []);
    await openOrder(shop.ctx, { subject: "=1+1 <&>\u0001", amount: 8_801 });
    const parts = unzipSync(await exported(shop, { columns: ["subject", "amount"], format: "xlsx" }));
    expect(Object.keys(parts).sort()).toEqual([
      "[Content_Types].xml",
      "_rels/.rels",
      "xl/_rels/workbook.xml.rels",
      "xl/styles.xml",
      "xl/workbook.xml",
      "xl/worksheets/sheet1.xml",
    ]);
    const sheet = strFromU8(parts["xl/worksheets/sheet1.xml"] ?? new Uint8Array());
    expect(sheet).toContain('<is><t xml:space="preserve">=1+1 &lt;&amp;&gt;\uFFFD</t></is>');
    expect(sheet).toContain("<v>88.01</v>");
    expect(sheet).not.toContain("<f>");
  });

  it("goes on in another sheet when one is full, and has every row once", async () => {
    const shop = await platform.merchant({}, []);
    await manyOrders(platform, shop, 25);
    const { rowsPerSheet } = fileFormats.xlsx;
    Object.assign(fileFormats.xlsx, { rowsPerSheet: 10 });
    try {
      const parts = unzipSync(await exported(shop, { columns: ["id"], format: "xlsx" }));
      const sheets = [1, 2, 3].map((number) =>
        strFromU8(parts[`xl/worksheets/sheet${number}.xml`] ?? new Uint8Array()),
      );
      expect(sheets.map((sheet) => sheet.split("<row>").length - 2)).toEqual([10, 10, 5]);
      expect(new Set(sheets.join("").match(/ord_\w+/g)).size).toBe(25);
    } finally {
      Object.assign(fileFormats.xlsx, { rowsPerSheet });
    }
  });

  it("holds refunds with the orders' numbers, and transactions with what they changed", async () => {
    const shop = await platform.merchant({}, ["alipay"]);
    const order = await paidOrder(platform, shop.ctx, { amount: 10_000 }, "alipay");
    await refund(shop.ctx, order.id, 2_500);
    await platform.settle();
    const refunds = lines(
      await exported(shop, { object: "refunds", columns: ["merchant_order_no", "status", "amount", "source"] }),
    );
    expect(refunds.slice(1)).toEqual([`${order.merchantOrderNo},Succeeded,25.00,You`]);
    const booked = lines(
      await exported(shop, {
        object: "transactions",
        columns: ["kind", "amount", "fee", "net"],
        filters: { order: order.id },
      }),
    );
    expect(booked.slice(1)).toEqual([
      "Refund paid out,0.00,0.00,0.00",
      "Refund set aside,-25.00,-0.15,-24.85",
      "Payment,100.00,0.60,99.40",
    ]);
  });

  it("of nothing has a header", async () => {
    const shop = await platform.merchant({}, []);
    expect(lines(await exported(shop, { columns: ["id"] }))).toEqual(["\uFEFFID"]);
  });

  it("shows only what the filters show", async () => {
    const shop = await platform.merchant({}, []);
    const wanted = await openOrder(shop.ctx, { merchant_order_no: "WANTED" });
    await openOrder(shop.ctx);
    const csv = await exported(shop, { columns: ["id"], filters: { merchant_order_no: "WANTED" } });
    expect(lines(csv).slice(1)).toEqual([wanted.id]);
  });
});

describe("the job", () => {
  it("writes the same file whether it runs through or dies between any two parts", async () => {
    const shop = await platform.merchant({}, []);
    await manyOrders(platform, shop, 4_500);
    const through = await exported(shop, { columns: ["id", "amount"], format: "xlsx" });

    const { id } = await requestExport(shop.ctx, wish({ columns: ["id", "amount"], format: "xlsx" }));
    const scope = { merchantId: shop.merchantId, livemode: false, requestId: "req_export_test" };
    const { now } = performance;
    for (let run = 0; run < 3; run++) {
      // Each look at the clock finds that the turn is over: one part a run.
      let looks = 0;
      performance.now = () => looks++ * 2_600;
      await writeExport.run({ exportId: id, ...scope }).finally(() => {
        performance.now = now;
      });
      const { rowsDone, status } = await exportOf(shop, id);
      expect([rowsDone, status]).toEqual([Math.min(4_500, (run + 1) * 2_000), run < 2 ? "processing" : "succeeded"]);
      if (run < 2) await expect(readExportFile(shop.ctx, id)).rejects.toMatchObject({ code: "export_no_file" });
    }
    await platform.runJobs();
    const sheet = (content: Buffer) => unzipSync(content)["xl/worksheets/sheet1.xml"] ?? new Uint8Array();
    const sum = (content: Buffer) => createHash("sha256").update(sheet(content)).digest("hex");
    expect(sum(await file(shop, id))).toBe(sum(through));
    expect(strFromU8(sheet(through)).split("<row>").length - 2).toBe(4_500);
  });

  it("in the hands of two workers at once writes each part once", async () => {
    const shop = await platform.merchant({}, []);
    await manyOrders(platform, shop, 4_500);
    const { id } = await requestExport(shop.ctx, wish({ columns: ["id"] }));
    const payload = { exportId: id, merchantId: shop.merchantId, livemode: false, requestId: "req_export_test" };
    await Promise.all([writeExport.run(payload), writeExport.run(payload)]);
    await platform.runJobs();
    const rows = lines(await file(shop, id)).slice(1);
    expect(rows).toHaveLength(4_500);
    expect(new Set(rows).size).toBe(4_500);
  });

  it("stops when the export is canceled, and leaves nothing behind", async () => {
    const shop = await platform.merchant({}, []);
    await openOrder(shop.ctx);
    const { id } = await requestExport(shop.ctx, wish());
    await cancelExport(shop.ctx, id);
    await platform.runJobs();
    expect((await exportOf(shop, id)).status).toBe("canceled");
    expect(await platform.owner`select 1 from export_parts where export_id = ${id}`).toHaveLength(0);
    await expect(cancelExport(shop.ctx, id)).rejects.toMatchObject({ code: "export_ended" });
  });

  it("is remembered by the audit log, with who fetched the file", async () => {
    const shop = await platform.merchant({}, []);
    const { id } = await requestExport(shop.ctx, wish());
    await platform.runJobs();
    await file(shop, id);
    expect(await auditOf(shop.ctx, id)).toEqual([
      "export.request by api_key",
      "export.finish by system",
      "export.download by api_key",
    ]);
  });
});

describe("in time", () => {
  it("a file goes after seven days, and an export that nobody finishes is given up after one", async () => {
    const shop = await platform.merchant({}, []);
    const kept = await requestExport(shop.ctx, wish());
    await platform.runJobs();
    const stuck = await requestExport(shop.ctx, wish());
    await platform.owner`delete from graphile_worker._private_jobs`;
    const day = 24 * 3_600_000;
    await runSchedule("end_exports", new Date(shop.ctx.now.getTime() + 2 * day));
    expect(await exportOf(shop, stuck.id)).toMatchObject({ status: "failed", failureCode: "stalled" });
    expect((await exportOf(shop, kept.id)).status).toBe("succeeded");
    await runSchedule("end_exports", new Date(shop.ctx.now.getTime() + 8 * day));
    expect((await exportOf(shop, kept.id)).status).toBe("expired");
    expect(await platform.owner`select 1 from export_parts where export_id = ${kept.id}`).toHaveLength(0);
    await expect(readExportFile(shop.ctx, kept.id)).rejects.toMatchObject({ code: "export_no_file" });
  });
});

describe("the API", () => {
  it("exports, shows the progress and gives the file", async () => {
    const shop = await platform.merchant({}, []);
    const key = await shop.key();
    const order = await openOrder(shop.ctx);
    const made = await platform.call(key, "POST", "/v1/exports", { object: "orders", format: "csv", columns: ["id"] });
    expect(made).toMatchObject({ status: 201, body: { object: "export", list: "orders", status: "pending" } });
    const path = `/v1/exports/${made.body.id}`;
    expect((await platform.call(key, "GET", `${path}/file`)).body).toMatchObject({ code: "export_no_file" });
    await platform.runJobs();
    expect((await platform.call(key, "GET", path)).body).toMatchObject({
      status: "succeeded",
      rows_done: 1,
      rows_total: 1,
    });
    const download = await platform.call(key, "GET", `${path}/file`);
    expect(download.headers.get("content-disposition")).toMatch(/^attachment; filename="orders-\d{8}-\d{4}\.csv"$/);
    expect(download.body).toContain(order.id);
  });

  it.each([
    [{ object: "orders", format: "csv", filters: { color: "red" } }, "unknown_field", "filters.color"],
    [
      { object: "orders", format: "csv", filters: { created_from: "yesterday" } },
      "date_invalid",
      "filters.created_from",
    ],
    [{ object: "orders", format: "csv", columns: ["id", "password"] }, "column_unknown", "columns.1"],
    [{ object: "users", format: "csv" }, "invalid_value", "object"],
  ])("refuses %j by name", async (body, code, param) => {
    const shop = await platform.merchant({}, []);
    const answer = await platform.call(await shop.key(), "POST", "/v1/exports", body);
    expect(answer).toMatchObject({ status: 400, body: { code, param } });
  });

  it("refuses a sixth export while five are unfinished", async () => {
    const shop = await platform.merchant({}, []);
    for (let made = 0; made < 5; made++) await requestExport(shop.ctx, wish());
    await expect(requestExport(shop.ctx, wish())).rejects.toMatchObject({ code: "export_limit" });
  });

  it("hides another merchant's export and another mode's", async () => {
    const [mine, theirs] = [await platform.merchant({}, []), await platform.merchant({}, [])];
    const { id } = await requestExport(theirs.ctx, wish());
    const live = (await createApiKey(theirs.ctx.with({ livemode: true }), { kind: "secret", label: "live" })).key;
    for (const key of [await mine.key(), live]) {
      for (const path of [`/v1/exports/${id}`, `/v1/exports/${id}/file`]) {
        expect(await platform.call(key, "GET", path)).toMatchObject({ status: 404, body: { code: "not_found" } });
      }
      expect((await platform.call(key, "GET", "/v1/exports")).body.data).toEqual([]);
    }
  });
});
