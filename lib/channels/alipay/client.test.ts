import { AlipaySdk } from "alipay-sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AlipayAccount, callAlipay, pageAddress, readAnswer } from "./client.ts";
import { alipayKeys, applicationKeys, now, testAccount } from "./fixtures/account.ts";
import { FakeGateway, platformSignature, signedAnswer } from "./fixtures/provider.ts";

const options = { now, requestId: "req_1", timeoutMs: 2000 };
const query = { method: "alipay.trade.query", bizContent: { out_trade_no: "att_1" } } as const;
const name = "alipay_trade_query_response";

/** The official SDK in Alipay's place: it holds our public key and checks what we signed. */
const gatewaySdk = new AlipaySdk({
  appId: "2021000000000001",
  privateKey: alipayKeys.privateKey,
  alipayPublicKey: applicationKeys.publicKey,
  keyType: "PKCS8",
});
/** The official SDK in our place. */
const merchantSdk = new AlipaySdk({
  appId: "2021000000000001",
  privateKey: applicationKeys.privateKey,
  alipayPublicKey: alipayKeys.publicKey,
  keyType: "PKCS8",
});

describe("a call", () => {
  let gateway: FakeGateway;
  let account: AlipayAccount;

  beforeEach(async () => {
    gateway = new FakeGateway();
    account = testAccount(`${await gateway.start()}/sim/alipay`);
  });
  afterEach(() => gateway.stop());

  it("carries every parameter, and a signature that the official SDK verifies", async () => {
    gateway.answer({
      "alipay.trade.precreate": { code: "10000", msg: "Success", qr_code: "https://qr.alipay.com/bax" },
    });
    const bizContent = { out_trade_no: "att_1", total_amount: "88.00", subject: "龙井 + 100% 茶" };
    const request = {
      method: "alipay.trade.precreate",
      bizContent,
      notifyUrl: "https://pay.example.com/notify/ca_1?x=1",
    } as const;
    expect(await callAlipay(account, request, options)).toEqual({
      kind: "ok",
      body: { code: "10000", msg: "Success", qr_code: "https://qr.alipay.com/bax" },
    });

    const [sent] = gateway.requests;
    expect([sent?.method, sent?.url.pathname, sent?.headers["content-type"]]).toEqual([
      "POST",
      "/sim/alipay/gateway.do",
      "application/x-www-form-urlencoded;charset=utf-8",
    ]);
    expect([...(sent?.form.keys() ?? [])]).toEqual(["biz_content"]);
    const { sign, ...parameters } = gateway.parameters(0);
    expect(parameters).toEqual({
      app_id: "2021000000000001",
      method: "alipay.trade.precreate",
      format: "JSON",
      charset: "utf-8",
      sign_type: "RSA2",
      timestamp: "2026-11-20 18:30:00",
      version: "1.0",
      notify_url: "https://pay.example.com/notify/ca_1?x=1",
      biz_content: JSON.stringify(bizContent),
    });
    expect(gatewaySdk.checkNotifySignV2({ ...parameters, sign })).toBe(true);
  });

  it("gives up after its timeout without knowing what happened", async () => {
    gateway.reply = () => undefined;
    expect(await callAlipay(account, query, { ...options, timeoutMs: 50 })).toMatchObject({ kind: "lost" });
  });

  it("learns nothing from an answer that is not 200", async () => {
    for (const status of [302, 404, 502]) {
      const text = signedAnswer(name, { code: "10000", msg: "Success" });
      gateway.reply = (_, response) => response.writeHead(status, { location: "/" }).end(text);
      expect(await callAlipay(account, query, options)).toMatchObject({ kind: "lost" });
    }
    expect(gateway.requests).toHaveLength(3);
  });

  it("knows that nothing was sent when nobody listens", async () => {
    gateway.stop();
    expect(await callAlipay(account, query, options)).toMatchObject({ kind: "not_sent" });
  });
});

describe("a page's address", () => {
  it("is the browser's gateway with the whole request signed into it, as the official SDK signs it", async () => {
    const bizContent = { out_trade_no: "att_1", total_amount: "88.00", subject: "龙井 + 1%" };
    const request = {
      method: "alipay.trade.page.pay",
      bizContent,
      notifyUrl: "https://pay.example.com/notify/ca_1",
      returnUrl: "https://pay.example.com/pay/ord_1?a=1&b=2",
    } as const;
    const address = new URL(await pageAddress(testAccount(), request, now));
    expect(address.origin + address.pathname).toBe("https://pay.example.com/sim/alipay/gateway.do");
    const parameters = Object.fromEntries(address.searchParams);
    expect(parameters).toMatchObject({
      return_url: "https://pay.example.com/pay/ord_1?a=1&b=2",
      biz_content: JSON.stringify(bizContent),
    });
    expect(gatewaySdk.checkNotifySignV2(parameters)).toBe(true);
    expect(address.search).not.toContain("+");
  });
});

describe("an answer", () => {
  const { credentials } = testAccount();
  const read = (text: string) => readAnswer(credentials, "alipay.trade.query", Buffer.from(text));
  const content = {
    code: "10000",
    msg: "Success",
    qr_code: "https://qr.alipay.com/a",
    subject: '茶 } "{',
    nested: { list: [{ a: 1 }] },
  };

  it("is believed when the signature verifies over its own bytes, which the official SDK cuts out alike", () => {
    const text = signedAnswer(name, content);
    expect(text).toContain("https:\\/\\/qr.alipay.com\\/a");
    expect(read(text)).toEqual({ kind: "ok", body: content });
    const { sign } = JSON.parse(text);
    expect(() => merchantSdk.checkResponseSign(text, name, sign, "trace")).not.toThrow();
  });

  it("is believed whatever stands around the signed member", () => {
    const inner = JSON.stringify(content);
    const sign = platformSignature(inner);
    expect(read(`{"${name}":${inner},"alipay_cert_sn":"50fa7bc5","sign":"${sign}"}`)).toMatchObject({ kind: "ok" });
    expect(read(`{ "sign":"${sign}", "${name}" : ${inner} }`)).toMatchObject({ kind: "ok" });
  });

  it.each([
    ["changed", (text: string) => text.replace("10000", "10001")],
    ["written again without its escapes", (text: string) => text.replaceAll("\\/", "/")],
    ["unsigned", (text: string) => text.replace(/,"sign":"[^"]*"/, "")],
    ["signed with nothing", (text: string) => text.replace(/"sign":"[^"]*"/, '"sign":""')],
    ["cut off", (text: string) => text.slice(0, -20)],
    ["under another method's name", (text: string) => text.replace(name, "alipay_trade_close_response")],
    ["a page of HTML", () => "<html></html>"],
    ["empty", () => ""],
  ])("counts as none when it is %s", (_, change) => {
    expect(read(change(signedAnswer(name, content)))).toMatchObject({ kind: "lost" });
  });

  it("is not taken from a text inside another value", () => {
    const forged = JSON.stringify({ code: "10000", msg: `"${name}":{"code":"10000"}` });
    expect(read(`{"x":${forged},"sign":"${platformSignature('{"code":"10000"}')}"}`)).toMatchObject({ kind: "lost" });
  });

  it("is a refusal with the provider's own codes", () => {
    const refusal = { code: "40004", msg: "Business Failed", sub_code: "ACQ.TRADE_NOT_EXIST", sub_msg: "交易不存在" };
    expect(read(signedAnswer(name, refusal))).toEqual({
      kind: "refused",
      code: "40004",
      subCode: "ACQ.TRADE_NOT_EXIST",
    });
    expect(read(signedAnswer("error_response", { code: "20000", msg: "Service Currently Unavailable" }))).toMatchObject(
      {
        kind: "refused",
        code: "20000",
      },
    );
  });

  it("may be unsigned only when the gateway could not tell whose request it was", () => {
    const unsigned = (code: string) =>
      `{"error_response":{"code":"${code}","msg":"x","sub_code":"isv.invalid-signature"}}`;
    expect(read(unsigned("40002"))).toEqual({ kind: "refused", code: "40002", subCode: "isv.invalid-signature" });
    for (const code of ["10000", "10003", "20000", "40004", "40005"])
      expect(read(unsigned(code))).toMatchObject({ kind: "lost" });
  });
});
