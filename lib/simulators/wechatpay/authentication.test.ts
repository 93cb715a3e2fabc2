import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld, type World } from "./test-merchant.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const path = "/v3/pay/transactions/native";

describe("a request that is not signed by the merchant is refused, unsigned", () => {
  it.each([
    ["a changed body", { signedBody: "{}" }],
    ["another nonce", { token: { nonce_str: "0123456789ABCDEF" } }],
    ["another serial number", { token: { serial_no: "40".repeat(20) } }],
    ["a signature that is no base64", { token: { signature: "***" } }],
    ["another scheme", { headers: { Authorization: 'Bearer mchid="1"' } }],
    ["no Authorization at all", { headers: { Authorization: "" } }],
    ["a timestamp that is no number", { token: { timestamp: "now" } }],
  ])("%s", async (_label, options) => {
    const reply = await world.merchant.call("POST", path, { a: 1 }, options);
    expect([reply.status, reply.json.code]).toEqual([401, "SIGN_ERROR"]);
    expect(reply.headers.get("request-id")).toMatch(/^[0-9A-F]+-268443699$/);
    expect(reply.headers.get("wechatpay-signature")).toBeNull();
  });

  it("says what it verified when the signature does not match", async () => {
    const reply = await world.merchant.call("POST", path, { a: 1 }, { signedBody: "{}" });
    expect(reply.json.detail.sign_information).toMatchObject({ method: "POST", url: `/sim/wechatpay${path}` });
    expect(reply.json.detail.sign_information.truncated_sign_message).toContain('\n{"a":1}\n');
  });

  it("an unknown merchant", async () => {
    const reply = await world.merchant.call("POST", path, {}, { token: { mchid: "1600000000" } });
    expect([reply.status, reply.json.code]).toEqual([400, "MCH_NOT_EXISTS"]);
  });
});

describe("the clock", () => {
  it.each([
    [-301, 401],
    [-300, 404],
    [300, 404],
    [301, 401],
  ])("a timestamp %i seconds off answers %i", async (seconds, status) => {
    const timestamp = Math.floor(world.clock.now().getTime() / 1000) + seconds;
    const { mchid } = world.merchant.credentials;
    const query = `/v3/pay/transactions/out-trade-no/absent_1?mchid=${mchid}`;
    expect((await world.merchant.call("GET", query, undefined, { timestamp })).status).toBe(status);
  });
});

describe("an answer", () => {
  it("is signed by the key that the request names, also when it is an error", async () => {
    const { mchid, platform_public_key_id: keyId } = world.merchant.credentials;
    const reply = await world.merchant.call(
      "GET",
      `/v3/pay/transactions/out-trade-no/absent_1?mchid=${mchid}`,
      undefined,
      { headers: { "Wechatpay-Serial": keyId ?? "" } },
    );
    expect([reply.status, reply.json.code, reply.isSigned]).toEqual([404, "ORDER_NOT_EXIST", true]);
    expect(reply.headers.get("wechatpay-serial")).toBe(keyId);
    expect(reply.headers.get("wechatpay-timestamp")).toBe("1795147200");
  });

  it("names the certificate when the request does, and by default where certificates are fetched", async () => {
    const first = await world.merchant.call("GET", "/v3/certificates");
    const serial = first.json.data[0].serial_no;
    expect([first.headers.get("wechatpay-serial"), first.isSigned]).toEqual([serial, true]);
    const second = await world.merchant.call("GET", "/v3/nothing-here", undefined, {
      headers: { "Wechatpay-Serial": serial },
    });
    expect([second.status, second.headers.get("wechatpay-serial"), second.isSigned]).toEqual([404, serial, true]);
  });

  it("is refused to a request that names an unknown key, or says not who asks", async () => {
    const unknown = { "Wechatpay-Serial": "PUB_KEY_ID_0" };
    const nobody = { "User-Agent": "" };
    for (const headers of [unknown, nobody]) {
      const reply = await world.merchant.call("GET", "/v3/certificates", undefined, { headers });
      expect([reply.status, reply.json.code]).toEqual([400, "PARAM_ERROR"]);
    }
  });
});

it("never lets a merchant see or touch another merchant's order", async () => {
  const other = await world.openMerchant();
  await world.merchant.order("tenant_1");
  const { mchid } = other.credentials;
  const query = await other.call("GET", `/v3/pay/transactions/out-trade-no/tenant_1?mchid=${mchid}`);
  const close = await other.call("POST", "/v3/pay/transactions/out-trade-no/tenant_1/close", { mchid });
  const refund = await other.refund("tenant_1", "tenant_1_r", 1, 8800);
  expect([query.status, close.status, refund.status]).toEqual([404, 404, 404]);
  expect((await other.order("tenant_1")).status).toBe(200);
});
