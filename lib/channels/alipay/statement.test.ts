import { readFileSync } from "node:fs";
import fc from "fast-check";
import { Zip, ZipDeflate, zipSync } from "fflate";
import iconv from "iconv-lite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { StatementLine } from "../channel.ts";
import { now, testAccount } from "./fixtures/account.ts";
import { FakeGateway, signedAnswer } from "./fixtures/provider.ts";
import { parseBill, readStatement, unpack } from "./statement.ts";

const bill = readFileSync(new URL("./fixtures/trade-bill.gbk.csv", import.meta.url));
const billText = iconv.decode(bill, "gb18030");
const options = { now, requestId: "req_1", timeoutMs: 2000 };

async function all(lines: AsyncIterable<StatementLine>): Promise<StatementLine[]> {
  const read: StatementLine[] = [];
  for await (const line of lines) read.push(line);
  return read;
}

const parseText = (text: string) => all(parseBill(iconv.encode(text, "gb18030")));
const withoutRaw = (lines: readonly StatementLine[]) => lines.map(({ raw: _, ...line }) => line);

const expected = [
  {
    kind: "payment",
    reference: "att_k3v9m2qd01jz5x4n7pabcdefghij",
    providerReference: "2026112022001404461000123456",
    amount: { minor: 8800n, currency: "CNY" },
    fee: -53n,
    at: new Date("2026-11-20T10:34:56Z"),
  },
  {
    kind: "payment",
    reference: "att_k3v9m2qd01jz5x4n7pabcdefghik",
    providerReference: "2026112022001404461000123457",
    amount: { minor: 123456701n, currency: "CNY" },
    fee: 0n,
    at: new Date("2026-11-20T11:00:01Z"),
  },
  {
    kind: "refund",
    reference: "att_k3v9m2qd01jz5x4n7pabcdefghij",
    refundReference: "re_k3v9m2qd01jz5y0000zyxwvtsrqp",
    providerReference: "2026112022001404461000123456",
    amount: { minor: -3000n, currency: "CNY" },
    fee: 18n,
    at: new Date("2026-11-20T12:15:00Z"),
  },
];

/** Names in GBK without the mark for UTF-8, as Alipay writes them: put in place of as many ASCII characters. */
function zipWithGbkNames(files: Readonly<Record<string, Uint8Array>>): Buffer {
  const names = Object.keys(files).map((name, index) => ({ gbk: iconv.encode(name, "gbk"), mark: String(index) }));
  const marked = names.map(
    ({ gbk, mark }, index) => [mark.repeat(gbk.length), Object.values(files)[index] ?? bill] as const,
  );
  const archive = Buffer.from(zipSync(Object.fromEntries(marked), { level: 6 }));
  for (const { gbk, mark } of names) {
    const placeholder = mark.repeat(gbk.length);
    for (let at = archive.indexOf(placeholder); at >= 0; at = archive.indexOf(placeholder, at + 1))
      gbk.copy(archive, at);
  }
  return archive;
}

const detailName = "20885212319120680156_20261120_业务明细.csv";
const summaryName = "20885212319120680156_20261120_业务明细(汇总).csv";
const summary = iconv.encode("#支付宝业务汇总查询\r\n", "gb18030");

describe("the archive", () => {
  it("gives its detail file, whichever comes first", () => {
    expect(Buffer.from(unpack(zipWithGbkNames({ [summaryName]: summary, [detailName]: bill })))).toEqual(bill);
    expect(Buffer.from(unpack(zipWithGbkNames({ [detailName]: bill, [summaryName]: summary })))).toEqual(bill);
  });

  it("may mark its names as UTF-8", () => {
    expect(Buffer.from(unpack(Buffer.from(zipSync({ [summaryName]: summary, [detailName]: bill }))))).toEqual(bill);
  });

  it("may be written in one pass, with sizes after the data", () => {
    const chunks: Uint8Array[] = [];
    const zip = new Zip((_, chunk) => void chunks.push(chunk));
    const file = new ZipDeflate("detail.csv");
    zip.add(file);
    file.push(bill, true);
    zip.end();
    expect(Buffer.from(unpack(Buffer.concat(chunks)))).toEqual(bill);
  });

  it("is refused without a detail file, or when it is no archive", () => {
    expect(() => unpack(zipWithGbkNames({ [summaryName]: summary }))).toThrow("statement_failed");
    expect(() => unpack(Buffer.from("<html>expired</html>"))).toThrow();
  });
});

describe("the bill's text", () => {
  it("reads every row field by field, commas and quotation marks in a name included", async () => {
    const lines = await all(parseBill(bill));
    expect(withoutRaw(lines)).toEqual(expected);
    expect(lines[1]?.raw).toMatchObject({
      商品名称: '茶具, "大" 套装',
      "订单金额（元）": "1234567.01",
      对方账户: "*杨(137****2600)",
    });
  });

  it("goes by the header's names, half-width brackets included, so that columns may come and go", async () => {
    const lines = billText.split("\r\n").map((line) => {
      if (line.startsWith("支付宝交易号")) return `新列,${line}`.replaceAll("（", "(").replaceAll("）", ")");
      return line.startsWith("2026") ? `x,${line}` : line;
    });
    expect(withoutRaw(await parseText(lines.join("\r\n")))).toEqual(expected);
  });

  it.each([40_000, 40_001])("reads characters that lie across two pieces (%i bytes before them)", async (before) => {
    const name = "茶".repeat(25_000);
    const text = `#${"x".repeat(before)}\r\n${billText.replace("龙井 250g,2026-11-20 18:34:40", `${name},2026-11-20 18:34:40`)}`;
    const lines = await parseText(text);
    expect(withoutRaw(lines)).toEqual(expected);
    expect(lines[0]?.raw.商品名称).toBe(name);
  });

  it("keeps a kind of row that we have not met", async () => {
    const lines = await parseText(billText.replace(",退款,", ",分账,"));
    expect(lines[2]).toMatchObject({ kind: "other", amount: { minor: -3000n } });
  });

  it.each([
    [
      "that is cut off before its last line",
      billText.slice(0, billText.indexOf("#----", billText.indexOf("支付宝交易号,"))),
    ],
    ["whose row misses a column", billText.replace("*杨(137****2600)\t,", "")],
    ["with an amount that is no number", billText.replaceAll("88.00,88.00", "88.00,eighty")],
    ["with a time that is none", billText.replace("2026-11-20 18:34:56", "yesterday")],
    ["without its header", billText.replace(/支付宝交易号,.*\r\n/, "")],
    ["that is empty", ""],
  ])("refuses a bill %s", async (_, text) => {
    await expect(parseText(text)).rejects.toThrow();
  });

  it("reads every amount of yuan as the same fen, with its sign", async () => {
    await fc.assert(
      fc.asyncProperty(fc.bigInt({ min: 0n, max: 10_000_000_000n }), async (fen) => {
        const yuan = `${fen / 100n}.${String(fen % 100n).padStart(2, "0")}`;
        const lines = await parseText(
          billText.replace("88.00,88.00", `${yuan},${yuan}`).replace("-30.00,-30.00", `-${yuan},-${yuan}`),
        );
        expect([lines[0]?.amount.minor, lines[2]?.amount.minor]).toEqual([fen, -fen]);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the download", () => {
  let gateway: FakeGateway;
  let baseUrl: string;

  beforeEach(async () => {
    gateway = new FakeGateway();
    baseUrl = await gateway.start();
  });
  afterEach(() => gateway.stop());

  const name = "alipay_data_dataservice_bill_downloadurl_query_response";
  const read = () => all(readStatement(testAccount(baseUrl), "2026-11-20", options));

  function serve(status: number, file: Buffer): void {
    gateway.reply = (request, response) => {
      if (request.url.pathname === "/download") return void response.writeHead(status).end(file);
      const content = { code: "10000", msg: "Success", bill_download_url: `${baseUrl}/download?id=1` };
      response.end(signedAnswer(name, content));
    };
  }

  it("asks for the day's trade bill and reads it from the address given", async () => {
    serve(200, zipWithGbkNames({ [summaryName]: summary, [detailName]: bill }));
    expect(withoutRaw(await read())).toEqual(expected);
    expect(JSON.parse(gateway.parameters(0).biz_content ?? "")).toEqual({
      bill_type: "trade",
      bill_date: "2026-11-20",
    });
  });

  it.each(["BILL_NOT_EXIST", "isp.bill_not_exist"])(
    "is empty when Alipay says %s: there was no trade",
    async (subCode) => {
      const content = { code: "40004", msg: "Business Failed", sub_code: subCode };
      gateway.reply = (_, response) => response.end(signedAnswer(name, content));
      expect(await read()).toEqual([]);
    },
  );

  it("fails on any other answer instead of passing for an empty day", async () => {
    const content = { code: "20000", msg: "Service Currently Unavailable", sub_code: "isp.unknow-error" };
    gateway.reply = (_, response) => response.end(signedAnswer(name, content));
    await expect(read()).rejects.toMatchObject({ code: "statement_failed" });
    serve(
      200,
      zipWithGbkNames({ [detailName]: iconv.encode(billText.replaceAll("88.00,88.00", "88.00,eighty"), "gb18030") }),
    );
    await expect(read()).rejects.toMatchObject({ code: "statement_failed" });
    serve(403, Buffer.from("expired"));
    await expect(read()).rejects.toMatchObject({ code: "statement_failed" });
  });
});
