import { afterEach, beforeEach, expect, it } from "vitest";
import { Rsa } from "wechatpay-axios-plugin";
import { callWechatpay, type WechatpayAccount } from "./client.ts";
import { merchantKeys, now, testAccount } from "./fixtures/account.ts";
import { FakeProvider, signedHeaders } from "./fixtures/provider.ts";

const options = { now, requestId: "req_1", timeoutMs: 2000 };
let provider: FakeProvider;
let account: WechatpayAccount;

beforeEach(async () => {
  provider = new FakeProvider();
  account = testAccount(`${await provider.start()}/sim/wechatpay`);
});
afterEach(() => provider.stop());

const query = { method: "GET", path: "/v3/pay/transactions/out-trade-no/att_1?mchid=1900000001" } as const;

it("signs the whole path that it requests, prefix included, and the body that it sends", async () => {
  provider.answer(200, { ok: true });
  const body = { description: "茶", amount: { total: 1 } };
  expect(await callWechatpay(account, { method: "POST", path: "/v3/pay/transactions/native", body }, options)).toEqual({
    kind: "ok",
    status: 200,
    body: { ok: true },
  });

  const [request] = provider.requests;
  expect(request).toMatchObject({
    method: "POST",
    url: "/sim/wechatpay/v3/pay/transactions/native",
    body: JSON.stringify(body),
  });
  expect(request?.headers).toMatchObject({
    accept: "application/json",
    "content-type": "application/json",
    "user-agent": "GlobalPayLink/1.0",
    "wechatpay-serial": "PUB_KEY_ID_0000000000000024101100397200000006",
  });
  const fields = Object.fromEntries(
    [...(request?.headers.authorization ?? "").matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
  const message = `POST\n/sim/wechatpay/v3/pay/transactions/native\n1795170600\n${fields.nonce_str}\n${request?.body}\n`;
  expect(Rsa.verify(message, fields.signature, merchantKeys.publicKey)).toBe(true);
});

it("believes a signed 204 and not an unsigned one", async () => {
  provider.answer(204, undefined);
  expect(await callWechatpay(account, query, options)).toEqual({ kind: "ok", status: 204, body: undefined });
  provider.reply = (_, response) => response.writeHead(204).end();
  expect(await callWechatpay(account, query, options)).toMatchObject({ kind: "lost" });
});

it("treats an answer with a bad signature as no answer at all", async () => {
  provider.reply = (_, response) =>
    response.writeHead(200, signedHeaders('{"trade_state":"NOTPAY"}')).end('{"trade_state":"SUCCESS"}');
  expect(await callWechatpay(account, query, options)).toMatchObject({
    kind: "lost",
    cause: expect.stringContaining("does not verify"),
  });
});

it("treats a replayed answer as no answer", async () => {
  const body = '{"trade_state":"SUCCESS"}';
  provider.reply = (_, response) =>
    response.writeHead(200, signedHeaders(body, new Date(now.getTime() - 600_000))).end(body);
  expect(await callWechatpay(account, query, options)).toMatchObject({ kind: "lost" });
});

it("reads an error whether it is signed or not, and disbelieves one with a wrong signature", async () => {
  const error = { code: "ORDER_NOT_EXIST", message: "订单不存在" };
  provider.answer(404, error);
  expect(await callWechatpay(account, query, options)).toEqual({
    kind: "refused",
    status: 404,
    code: "ORDER_NOT_EXIST",
  });
  provider.reply = (_, response) => response.writeHead(404).end(JSON.stringify(error));
  expect(await callWechatpay(account, query, options)).toEqual({
    kind: "refused",
    status: 404,
    code: "ORDER_NOT_EXIST",
  });
  provider.reply = (_, response) => response.writeHead(404, signedHeaders("other")).end(JSON.stringify(error));
  expect(await callWechatpay(account, query, options)).toMatchObject({ kind: "lost" });
});

it.each([
  ["a gateway's HTML page", 502, "<html>Bad Gateway</html>"],
  ["a redirect", 302, ""],
  ["nothing", 404, ""],
])("learns nothing from %s", async (_, status, text) => {
  provider.reply = (_request, response) => response.writeHead(status, { location: "/" }).end(text);
  expect(await callWechatpay(account, query, options)).toMatchObject({ kind: "lost" });
  expect(provider.requests).toHaveLength(1);
});

it("learns nothing from 202 and from a signed text that is not JSON", async () => {
  provider.answer(202, {});
  expect(await callWechatpay(account, query, options)).toMatchObject({ kind: "lost" });
  provider.reply = (_, response) => response.writeHead(200, signedHeaders("{")).end("{");
  expect(await callWechatpay(account, query, options)).toMatchObject({ kind: "lost" });
});

it("gives up after its timeout without knowing what happened", async () => {
  provider.reply = () => undefined;
  expect(await callWechatpay(account, query, { ...options, timeoutMs: 50 })).toMatchObject({ kind: "lost" });
});

it("knows that nothing was sent when nobody listens", async () => {
  provider.stop();
  expect(await callWechatpay(account, query, options)).toMatchObject({ kind: "not_sent" });
});
