import { createHash, generateKeyPairSync, X509Certificate } from "node:crypto";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "#db/client";
import { type TestDatabase, testDatabase } from "#db/testing/database";
import { systemClock } from "#lib/kernel/clock";
import { billFile, yuan } from "./bill-csv.ts";
import { platformCertificate } from "./certificate.ts";
import { feeText } from "./fee.ts";
import { answerMessage, encryptResource, jsapiMessage, requestMessage, rsaSign } from "./signature.ts";
import { createWechatpaySimulator } from "./simulator.ts";
import { beijingDay, billTime, parseRfc3339, rfc3339 } from "./wire-time.ts";

// The oracle: another implementation of the same protocol, by other people.
const { Wechatpay, Rsa, Aes, Formatter } = createRequire(import.meta.url)("wechatpay-axios-plugin");
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

describe("canonical strings", () => {
  it("are those of the published example, with the lone line feed of an empty body", () => {
    const message = requestMessage("GET", "/v3/certificates", "1554208460", "593BEC0C930BF1AFEB40B4A08C8FB242", "");
    expect(message).toBe("GET\n/v3/certificates\n1554208460\n593BEC0C930BF1AFEB40B4A08C8FB242\n\n");
  });

  it("agree with the oracle for a body with line breaks and Chinese, and for a query", () => {
    const body = '{"description":"两\\n本书"}\n';
    expect(requestMessage("POST", "/p/v3/pay?a=%E4%B8%AD", "1", "n", body)).toBe(
      Formatter.request("POST", "/p/v3/pay?a=%E4%B8%AD", "1", "n", body),
    );
    expect(answerMessage("1", "n", body)).toBe(Formatter.response("1", "n", body));
    expect(answerMessage("1", "n", "")).toBe("1\nn\n\n");
    expect(jsapiMessage("wx1", "1414561699", "5K8264", "prepay_id=wx2")).toBe(
      Formatter.joinedByLineFeed("wx1", "1414561699", "5K8264", "prepay_id=wx2"),
    );
  });
});

describe("cryptography", () => {
  it("signs byte for byte as the oracle does", async () => {
    expect(await rsaSign("a\n中\n", privateKey)).toBe(Rsa.sign("a\n中\n", privateKey));
  });

  it("encrypts what the oracle decrypts, with and without associated data", () => {
    const key = "0123456789abcdef0123456789ABCDEF";
    for (const associatedData of ["transaction", ""]) {
      const { ciphertext, nonce, algorithm } = encryptResource("订单 ✓", key, associatedData);
      expect(algorithm).toBe("AEAD_AES_256_GCM");
      expect(nonce).toMatch(/^[0-9A-Za-z]{12}$/);
      expect(Aes.AesGcm.decrypt(ciphertext, key, nonce, associatedData)).toBe("订单 ✓");
    }
  });

  it("makes platform certificates that X.509 readers accept", () => {
    const serial = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";
    const from = new Date("2026-11-20T04:00:00Z");
    const certificate = new X509Certificate(
      platformCertificate(privateKey, serial, from, new Date("2031-11-19T04:00:00Z")),
    );
    expect(certificate.serialNumber).toBe(serial);
    expect(certificate.validFromDate).toEqual(from);
    expect(certificate.validToDate).toEqual(new Date("2031-11-19T04:00:00Z"));
    expect(certificate.publicKey.equals(publicKey)).toBe(true);
    expect(certificate.verify(publicKey)).toBe(true);
  });
});

describe("times", () => {
  it("are Beijing's, across the turn of a day", () => {
    const at = new Date("2026-12-31T16:00:01.900Z");
    expect(rfc3339(at)).toBe("2027-01-01T00:00:01+08:00");
    expect(billTime(at)).toBe("2027-01-01 00:00:01");
    expect(beijingDay("2027-01-01")).toEqual(new Date("2026-12-31T16:00:00Z"));
  });

  it.each([
    ["2026-02-30", undefined],
    ["20260101", undefined],
    ["", undefined],
  ])("refuse %j as a bill date", (text, expected) => {
    expect(beijingDay(text)).toBe(expected);
  });

  it.each(["2018-06-08T10:34:56", "2018-06-08 10:34:56+08:00", "1528425296", "2018-13-08T10:34:56+08:00"])(
    "refuse %j as RFC 3339 with an offset",
    (text) => {
      expect(parseRfc3339(text)).toBeUndefined();
    },
  );
});

describe("bills", () => {
  it("are byte for byte BOM, bare headings, backticks, CRLF, and totals", () => {
    const file = billFile(["甲", "乙"], [{ 甲: "1,2", 乙: "三\n四" }, { 甲: "" }], { 总数: "2", 金额: "1.00" });
    const expected = "甲,乙\r\n`1\\ 2,`三\\n四\r\n`,`\r\n总数,金额\r\n`2,`1.00\r\n";
    expect(file.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(file.subarray(3)).toEqual(Buffer.from(expected));
    expect(Formatter.castCsvBill(file)).toEqual({
      rows: [
        { 甲: "1\\ 2", 乙: "三\\n四" },
        { 甲: "", 乙: "" },
      ],
      summary: { 总数: "2", 金额: "1.00" },
    });
  });

  it.each([
    [8800, "0.52800"],
    [1, "0.00006"],
    [-8800, "-0.52800"],
    [0, "0.00000"],
  ])("write the fee of %i fen as %s yuan", (fen, expected) => {
    expect(feeText(fen)).toBe(expected);
  });

  it.each([
    [5, "0.05"],
    [-100, "-1.00"],
    [123456789, "1234567.89"],
  ])("write %i fen as %s yuan", (fen, expected) => {
    expect(yuan(fen)).toBe(expected);
  });
});

describe("over HTTP, with the oracle as the merchant", () => {
  let database: TestDatabase;
  let close: () => Promise<unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: the oracle's client is built of proxies
  let client: any;
  let credentials: Record<string, string>;

  beforeAll(async () => {
    database = await testDatabase();
    const { client: pool, db } = connect(database.simulatorUrl, { max: 2, applicationName: "test", timeoutMs: 10_000 });
    const simulator = createWechatpaySimulator({ db, clock: systemClock, publicUrl: "https://pay.test" });
    const app = new Hono().route("/wechatpay", simulator.app);
    const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
    await new Promise<void>((resolve) => (server.listening ? resolve() : server.once("listening", () => resolve())));
    credentials = await simulator.provision({ label: "山海书店" });
    client = new Wechatpay({
      mchid: credentials.mchid,
      serial: credentials.serial_no,
      privateKey: Rsa.from(credentials.private_key, Rsa.KEY_TYPE_PRIVATE),
      certs: {
        [String(credentials.platform_public_key_id)]: Rsa.from(credentials.platform_public_key, Rsa.KEY_TYPE_PUBLIC),
      },
      baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/wechatpay/`,
      headers: { "Wechatpay-Serial": credentials.platform_public_key_id },
    });
    close = async () => {
      await new Promise((resolve) => server.close(resolve));
      await pool.end();
    };
  });
  afterAll(async () => {
    await close();
    await database.drop();
  });

  it("accepts its signature and its answer's signature is accepted", async () => {
    const placed = await client.v3.pay.transactions.native.post({
      appid: credentials.appid,
      mchid: credentials.mchid,
      description: "Image形象店-深圳腾大-QQ公仔",
      out_trade_no: "oracle_native_1",
      notify_url: "https://merchant.test/notify",
      amount: { total: 1 },
    });
    expect(placed.data.code_url).toMatch(/^weixin:\/\/wxpay\/bizpayurl\?pr=\w{16}$/);
    const queried = await client.v3.pay.transactions.outTradeNo.$out_trade_no$.get({
      params: { mchid: credentials.mchid },
      out_trade_no: "oracle_native_1",
    });
    expect(queried.data.trade_state).toBe("NOTPAY");
    const closed = await client.v3.pay.transactions.outTradeNo.$out_trade_no$.close.post(
      { mchid: credentials.mchid },
      { out_trade_no: "oracle_native_1" },
    );
    expect(closed.status).toBe(204);
  });

  it("hands out a certificate that decrypts to one for the key that signs", async () => {
    const { data } = await client.v3.certificates.get();
    const [{ serial_no: serial, encrypt_certificate: encrypted }] = data.data;
    const pem = Aes.AesGcm.decrypt(encrypted.ciphertext, credentials.apiv3_key, encrypted.nonce, "certificate");
    const certificate = new X509Certificate(pem);
    expect(certificate.serialNumber).toBe(serial);
    const spki = (key: string) => createHash("sha256").update(key).digest("hex");
    expect(spki(certificate.publicKey.export({ type: "spki", format: "pem" }).toString())).toBe(
      spki(String(credentials.platform_public_key)),
    );
  });
});
