import { describe, expect, it } from "vitest";
import { Aes, Formatter, Rsa } from "wechatpay-axios-plugin";
import { merchantKeys, now, testAccount } from "./fixtures/account.ts";
import { signedHeaders } from "./fixtures/provider.ts";
import {
  authorization,
  clockSkewMs,
  jsapiParameters,
  newStamp,
  openResource,
  requestMessage,
  signatureFault,
} from "./sign.ts";

const { credentials } = testAccount();

describe("request signature", () => {
  it("covers five lines, also when there is no body: the published example of GET /v3/certificates", () => {
    const parts = {
      method: "GET",
      pathAndQuery: "/v3/certificates",
      timestamp: "1554208460",
      nonce: "593BEC0C930BF1AFEB40B4A08C8FB242",
      body: "",
    };
    expect(requestMessage(parts)).toBe("GET\n/v3/certificates\n1554208460\n593BEC0C930BF1AFEB40B4A08C8FB242\n\n");
  });

  it("covers the query and the body as sent", () => {
    const parts = {
      method: "POST",
      pathAndQuery: "/sim/wechatpay/v3/pay/transactions/native?a=1%2C2",
      timestamp: "1763634600",
      nonce: "ABC",
      body: '{"description":"茶"}',
    };
    const literal = 'POST\n/sim/wechatpay/v3/pay/transactions/native?a=1%2C2\n1763634600\nABC\n{"description":"茶"}\n';
    expect(requestMessage(parts)).toBe(literal);
    expect(Formatter.request(parts.method, parts.pathAndQuery, parts.timestamp, parts.nonce, parts.body)).toBe(literal);
  });

  it("goes into the Authorization header byte for byte as another implementation makes it", async () => {
    const parts = { method: "POST", pathAndQuery: "/v3/x", timestamp: "1763634600", nonce: "0F", body: "{}" };
    const signature = Rsa.sign("POST\n/v3/x\n1763634600\n0F\n{}\n", merchantKeys.privateKey);
    expect(await authorization(credentials, parts)).toBe(
      'WECHATPAY2-SHA256-RSA2048 mchid="1900000001",nonce_str="0F",timestamp="1763634600",' +
        `serial_no="1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C",signature="${signature}"`,
    );
  });

  it("has a new nonce and the caller's time each time", () => {
    const [first, second] = [newStamp(now), newStamp(now)];
    expect(first.timestamp).toBe("1795170600");
    expect(first.nonce).toMatch(/^[0-9A-F]{32}$/);
    expect(second.nonce).not.toBe(first.nonce);
  });
});

it("signs what the page hands to the wallet: app id, time, nonce and package, a line each", async () => {
  const stamp = { timestamp: "1414561699", nonce: "5K8264ILTKCH16CQ2502SI8ZNMTM67VS" };
  const parameters = await jsapiParameters(credentials, "wx201410272009395522657a690389285100", stamp);
  const { paySign, ...rest } = parameters;
  expect(rest).toEqual({
    appId: "wx8888888888888888",
    timeStamp: "1414561699",
    nonceStr: "5K8264ILTKCH16CQ2502SI8ZNMTM67VS",
    package: "prepay_id=wx201410272009395522657a690389285100",
    signType: "RSA",
  });
  const literal =
    "wx8888888888888888\n1414561699\n5K8264ILTKCH16CQ2502SI8ZNMTM67VS\nprepay_id=wx201410272009395522657a690389285100\n";
  expect(Rsa.verify(literal, paySign ?? "", merchantKeys.publicKey)).toBe(true);
});

describe("answer signature", () => {
  const body = '{"trade_state":"SUCCESS","trade_state_desc":"支付成功"}';

  function fault(headers: Record<string, string | undefined>, bytes: string | Buffer = body, at = now) {
    return signatureFault(credentials, (name) => headers[name], Buffer.from(bytes), at)?.reason;
  }

  it("believes what another implementation signed over timestamp, nonce and body", () => {
    expect(fault(signedHeaders(body))).toBeUndefined();
  });

  it("believes an empty body, as a 204 has it", () => {
    expect(fault(signedHeaders(""), "")).toBeUndefined();
  });

  it.each([
    ["a changed body", { ...signedHeaders(body) }, body.replace("SUCCESS", "CLOSED")],
    ["the same JSON written differently", { ...signedHeaders(body) }, body.replace(":", ": ")],
    ["a changed nonce", { ...signedHeaders(body), "wechatpay-nonce": "x" }, body],
    ["a changed timestamp", { ...signedHeaders(body), "wechatpay-timestamp": "1795170601" }, body],
    ["no signature", { ...signedHeaders(body), "wechatpay-signature": undefined }, body],
    ["a signature that is no base64", { ...signedHeaders(body), "wechatpay-signature": "§§§" }, body],
    ["another key's id", { ...signedHeaders(body), "wechatpay-serial": "PUB_KEY_ID_OTHER" }, body],
    ["no key id", { ...signedHeaders(body), "wechatpay-serial": undefined }, body],
  ])("refuses %s", (_, headers, bytes) => {
    expect(fault(headers, bytes)).toBe("signature");
  });

  it("refuses the provider's signature probe, whatever follows its prefix", () => {
    const headers = signedHeaders(body);
    const probe = `WECHATPAY/SIGNTEST/${headers["wechatpay-signature"]}`;
    expect(fault({ ...headers, "wechatpay-signature": probe })).toBe("signature");
  });

  it("takes five minutes of skew either way and not a second more", () => {
    const at = (ms: number) => new Date(now.getTime() + ms);
    expect(fault(signedHeaders(body, at(-clockSkewMs)))).toBeUndefined();
    expect(fault(signedHeaders(body, at(clockSkewMs)))).toBeUndefined();
    expect(fault(signedHeaders(body, at(-clockSkewMs - 1000)))).toBe("stale");
    expect(fault(signedHeaders(body, at(clockSkewMs + 1000)))).toBe("stale");
  });
});

describe("resource", () => {
  const nonce = "fdasflkja484";
  const sealed = (aad: string) =>
    Aes.AesGcm.encrypt('{"mchid":"1900000001","名":"茶"}', credentials.apiv3_key, nonce, aad);

  it("opens what another implementation sealed, with and without associated data", () => {
    const text = '{"mchid":"1900000001","名":"茶"}';
    expect(
      openResource(credentials.apiv3_key, { ciphertext: sealed("transaction"), nonce, associated_data: "transaction" }),
    ).toBe(text);
    expect(openResource(credentials.apiv3_key, { ciphertext: sealed(""), nonce })).toBe(text);
  });

  it("does not open with another key, other associated data, or a changed or cut ciphertext", () => {
    const good = { ciphertext: sealed("transaction"), nonce, associated_data: "transaction" };
    const changed = Buffer.from(good.ciphertext, "base64");
    changed[0] = (changed[0] ?? 0) ^ 1;
    expect(() => openResource("x".repeat(32), good)).toThrow();
    expect(() => openResource(credentials.apiv3_key, { ...good, associated_data: "refund" })).toThrow();
    expect(() => openResource(credentials.apiv3_key, { ...good, ciphertext: changed.toString("base64") })).toThrow();
    expect(() => openResource(credentials.apiv3_key, { ...good, ciphertext: "AAAA" })).toThrow();
  });
});
