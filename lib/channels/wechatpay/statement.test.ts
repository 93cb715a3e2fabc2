import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { StatementLine } from "../channel.ts";
import type { WechatpayAccount } from "./client.ts";
import { now, testAccount } from "./fixtures/account.ts";
import { FakeProvider, signedHeaders } from "./fixtures/provider.ts";
import { parseBill, readStatement } from "./statement.ts";

const bill = readFileSync(new URL("./fixtures/tradebill-all.csv", import.meta.url));
const billText = bill.toString("utf8");
const options = { now, requestId: "req_1", timeoutMs: 2000 };

async function all(lines: AsyncIterable<StatementLine>): Promise<StatementLine[]> {
  const read: StatementLine[] = [];
  for await (const line of lines) read.push(line);
  return read;
}

async function* pieces(text: string | Buffer, size = 1000): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

const withoutRaw = (lines: readonly StatementLine[]) => lines.map(({ raw: _, ...line }) => line);

const payment = "att_k3v9m2qd01jz5x4n7pabcdefghij";
const expected = [
  {
    kind: "payment",
    reference: payment,
    providerReference: "4200002459202611207934526158",
    amount: { minor: 8800n, currency: "CNY" },
    fee: -53n,
    at: new Date("2026-11-20T10:34:56Z"),
  },
  {
    kind: "payment",
    reference: "att_k3v9m2qd01jz5x4n7pabcdefghik",
    providerReference: "4200002459202611207934526159",
    amount: { minor: 1n, currency: "CNY" },
    fee: 0n,
    at: new Date("2026-11-20T11:00:01Z"),
  },
  {
    kind: "refund",
    reference: payment,
    refundReference: "re_k3v9m2qd01jz5y0000zyxwvtsrqp",
    providerReference: "50302809202026112197412365489",
    amount: { minor: -3000n, currency: "CNY" },
    fee: 18n,
    at: new Date("2026-11-20T12:15:00Z"),
  },
  {
    kind: "other",
    reference: payment,
    refundReference: "re_k3v9m2qd01jz5y0000zyxwvtsrqr",
    providerReference: "50302809202026112197412365490",
    amount: { minor: 0n, currency: "CNY" },
    fee: 0n,
    at: new Date("2026-11-20T12:16:00Z"),
  },
];

describe("the bill's text", () => {
  it("reads every row field by field, a comma in a name included", async () => {
    const lines = await all(parseBill(pieces(bill)));
    expect(withoutRaw(lines)).toEqual(expected);
    expect(lines[0]?.raw).toMatchObject({ 商品名称: "茶叶 250g, 礼盒", 费率: "0.60%", 订单金额: "88.00" });
  });

  it("reads the same however the bytes arrive", async () => {
    for (const size of [1, 7, 64]) expect(withoutRaw(await all(parseBill(pieces(bill, size))))).toEqual(expected);
  });

  it("goes by the header's names, so that columns may come and go", async () => {
    const text = billText
      .split("\r\n")
      .map((line, index) =>
        index === 0 ? line.replace("交易时间,", "新列,交易时间,") : line.replace(/^`2026/, "`x,`2026"),
      )
      .join("\r\n");
    expect(withoutRaw(await all(parseBill(pieces(text))))).toEqual(expected);
  });

  it.each([
    ["that is cut off before its summary", billText.slice(0, billText.indexOf("总交易单数"))],
    ["whose row misses a column", billText.replace(",`0.60%", "")],
    ["with an amount that is no number", billText.replace("`88.00", "`88,00")],
    ["with a time that is none", billText.replace("`2026-11-20 18:34:56", "`yesterday")],
    ["without its header", billText.slice(billText.indexOf("\r\n") + 2)],
    ["that is empty", ""],
  ])("refuses a bill %s", async (_, text) => {
    await expect(all(parseBill(pieces(text)))).rejects.toThrow();
  });

  it("reads every amount of yuan as the same fen, refunds with the other sign", async () => {
    await fc.assert(
      fc.asyncProperty(fc.bigInt({ min: 0n, max: 9_999_999_999n }), async (fen) => {
        const yuan = `${fen / 100n}.${String(fen % 100n).padStart(2, "0")}`;
        const text = billText
          .replace("`88.00,`0.00,`0,`0", `\`${yuan},\`0.00,\`0,\`0`)
          .replace("`30.00,`0.00,`ORIGINAL", `\`${yuan},\`0.00,\`ORIGINAL`);
        const lines = await all(parseBill(pieces(text)));
        expect(lines[0]?.amount.minor).toBe(fen);
        expect(lines[2]?.amount.minor).toBe(-fen);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the download", () => {
  let provider: FakeProvider;
  let account: WechatpayAccount;

  beforeEach(async () => {
    provider = new FakeProvider();
    account = testAccount(await provider.start());
  });
  afterEach(() => provider.stop());

  function serve(file: Buffer, hash: string): void {
    provider.reply = (request, response) => {
      if (request.url.startsWith("/v3/billdownload")) return void response.end(file);
      const text = JSON.stringify({
        hash_type: "SHA1",
        hash_value: hash,
        download_url: `${account.baseUrl}/v3/billdownload/file?token=a%2Bb`,
      });
      response.writeHead(200, signedHeaders(text)).end(text);
    };
  }

  const sha1 = (bytes: Buffer) => createHash("sha1").update(bytes).digest("hex");

  it.each([
    ["plain", bill],
    ["compressed", gzipSync(bill)],
  ])("takes a %s file and checks it against the hash of its text", async (_, file) => {
    serve(file, sha1(bill));
    expect(withoutRaw(await all(readStatement(account, "2026-11-20", options)))).toEqual(expected);
    expect(provider.requests.map((request) => request.url)).toEqual([
      "/v3/bill/tradebill?bill_date=2026-11-20&bill_type=ALL&tar_type=GZIP",
      "/v3/billdownload/file?token=a%2Bb",
    ]);
    expect(provider.requests[1]?.headers.authorization).toContain("WECHATPAY2-SHA256-RSA2048");
  });

  it("gives out no row of a file that does not match its hash", async () => {
    serve(bill, "0".repeat(40));
    await expect(readStatement(account, "2026-11-20", options).next()).rejects.toMatchObject({
      code: "statement_failed",
    });
  });

  it("fails in the same word for a file that can't be read", async () => {
    const broken = Buffer.from(billText.replace("`88.00", "`eighty"));
    serve(broken, sha1(broken));
    await expect(all(readStatement(account, "2026-11-20", options))).rejects.toMatchObject({
      code: "statement_failed",
    });
    const cut = gzipSync(bill).subarray(0, 200);
    serve(cut, sha1(cut));
    await expect(all(readStatement(account, "2026-11-20", options))).rejects.toMatchObject({
      code: "statement_failed",
    });
  });

  it("is empty when there was no trade, and asks to wait while the bill is being made", async () => {
    provider.answer(400, { code: "NO_STATEMENT_EXIST", message: "账单文件不存在" });
    expect(await all(readStatement(account, "2026-11-20", options))).toEqual([]);
    provider.answer(400, { code: "STATEMENT_CREATING", message: "账单生成中" });
    await expect(all(readStatement(account, "2026-11-20", options))).rejects.toMatchObject({
      code: "statement_not_ready",
    });
  });

  it("fails on any other answer instead of passing for an empty day", async () => {
    provider.answer(429, { code: "FREQUENCY_LIMITED", message: "频率限制" });
    await expect(all(readStatement(account, "2026-11-20", options))).rejects.toMatchObject({
      code: "statement_failed",
    });
    provider.reply = (_, response) => response.writeHead(200).end("{}");
    await expect(all(readStatement(account, "2026-11-20", options))).rejects.toMatchObject({
      code: "statement_failed",
    });
  });
});
