import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openContext } from "#db/tenancy";
import { createApiKey } from "#lib/api-keys/create-key";
import { AppError } from "#lib/kernel/errors";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { auditOf, choose, openOrder } from "#lib/testing/shop";
import { keptCredentials, loadAccount } from "./load-account.ts";
import { testAccount } from "./test-credentials.ts";
import { updateChannelAccount } from "./update-account.ts";

let platform: Platform;
let merchant: TestMerchant;
beforeAll(async () => {
  platform = await startPlatform();
  merchant = await platform.merchant();
});
afterAll(() => platform.end());

function accountOf(channel: string) {
  const row = merchant.accounts[channel];
  if (!row) throw new AppError("not_found", channel);
  return row;
}

/** Replaces one credential, tests, and puts the old one back. */
async function testedWith(channel: string, change: Record<string, string>) {
  const { id } = accountOf(channel);
  const before = keptCredentials((await loadAccount(merchant.ctx, id)).row);
  await updateChannelAccount(merchant.ctx, id, { credentials: change });
  try {
    return await testAccount(merchant.ctx, id);
  } finally {
    const old = Object.fromEntries(Object.keys(change).map((name) => [name, before[name] ?? ""]));
    await updateChannelAccount(merchant.ctx, id, { credentials: old });
  }
}

const stranger = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

describe("testing an account's credentials", () => {
  it.each([
    ["wechatpay", ["appid", "apiv3_key"]],
    ["alipay", ["seller_id"]],
    ["stripe", ["publishable_key", "webhook_secret"]],
  ])("finds %s's good ones accepted, and says what no call can prove", async (channel, notProven) => {
    expect(await testAccount(merchant.ctx, accountOf(channel).id)).toEqual({ kind: "accepted", notProven });
  });

  it.each([
    ["wechatpay", { mchid: "1600000000" }, "unknown_account", "mchid"],
    ["wechatpay", { platform_public_key: stranger.publicKey }, "answer_not_trusted", "platform_public_key"],
    [
      "wechatpay",
      { platform_public_key_id: "PUB_KEY_ID_0100000000000000000000" },
      "answer_not_trusted",
      "platform_public_key_id",
    ],
    ["alipay", { app_id: "2021000000000000" }, "unknown_account", "app_id"],
    ["alipay", { private_key: stranger.privateKey }, "key_mismatch", "private_key"],
    ["alipay", { alipay_public_key: stranger.publicKey }, "answer_not_trusted", "alipay_public_key"],
    ["stripe", { secret_key: "sk_test_unknown" }, "key_mismatch", "secret_key"],
    ["stripe", { publishable_key: "pk_live_1" }, "mode_mismatch", "publishable_key"],
  ])("names what is wrong at %s with %o", async (channel, change, reason, field) => {
    expect(await testedWith(channel, change)).toMatchObject({ kind: "refused", reason, field });
  });

  it("tells a merchant key that is not the certificate's before anything is kept", async () => {
    const change = { credentials: { private_key: stranger.privateKey } };
    await expect(updateChannelAccount(merchant.ctx, accountOf("wechatpay").id, change)).rejects.toMatchObject({
      code: "credentials_invalid",
      param: "credentials.certificate",
    });
  });

  it("blames nobody's keys when the provider can't be reached", async () => {
    const { SIMULATOR_URL } = process.env;
    process.env.SIMULATOR_URL = "http://127.0.0.1:9";
    try {
      const other = await platform.merchant({}, ["alipay"]);
      expect(await testAccount(other.ctx, other.accounts.alipay?.id ?? "")).toMatchObject({ kind: "unreachable" });
    } finally {
      process.env.SIMULATOR_URL = SIMULATOR_URL;
    }
  });

  it("records each test and each replaced field's name, never a value", async () => {
    const { id } = accountOf("stripe");
    await testedWith("stripe", { webhook_secret: "whsec_very_secret" });
    expect(await auditOf(merchant.ctx, id)).toEqual(
      expect.arrayContaining(["channel_account.test by api_key", "channel_account.update by api_key"]),
    );
    const kept = await platform.owner`select change::text as change from audit_log where object_id = ${id}`;
    expect(JSON.stringify(kept)).toContain("webhook_secret");
    expect(JSON.stringify(kept)).not.toContain("whsec_very_secret");
  });
});

describe("over the API", () => {
  it("lists what an account at each provider is made of, in the reader's language", async () => {
    const key = await merchant.key();
    const english = await platform.call(key, "GET", "/v1/channels");
    expect(english.body.data.map((channel: { id: string }) => channel.id)).toEqual(["wechatpay", "alipay", "stripe"]);
    expect(english.body.data[0].credentials[3]).toMatchObject({
      name: "private_key",
      label: "API certificate private key",
      kind: "pem",
      is_required: true,
    });
    const chinese = await platform.call(key, "GET", "/v1/channels", undefined, { "accept-language": "zh-CN" });
    expect(chinese.body.data[0]).toMatchObject({ label: "微信支付", has_sandbox: false });
  });

  it("says when a certificate ends and where the provider reports to, and shows no credential", async () => {
    const { id } = accountOf("wechatpay");
    const { body } = await platform.call(await merchant.key(), "GET", `/v1/channel_accounts/${id}`);
    expect(Date.parse(body.credentials_expire_at) - Date.now()).toBeGreaterThan(4 * 365 * 86_400_000);
    expect(body.notify_url).toBe(`${platform.origin}/notify/${id}`);
    expect(JSON.stringify(body)).not.toContain("PRIVATE KEY");
  });

  it("opens a simulated account that needs no credentials, in test mode only", async () => {
    const { ctx, key, merchantId } = await platform.merchant({}, []);
    const ask = { channel: "stripe", environment: "simulator", label: "Cards, simulated" };
    const post = async (body: object) => platform.call(await key(), "POST", "/v1/channel_accounts", body);
    const made = await post({ ...ask, priority: 7 });
    expect(made).toMatchObject({ status: 201, body: { environment: "simulator", priority: 7, methods: ["card"] } });
    const order = await openOrder(ctx);
    expect(await choose(ctx, order.id, "card")).toMatchObject({ order: { status: "paid" } });
    expect(await auditOf(ctx, made.body.id)).toEqual(["channel_account.create by api_key"]);

    const given = await post({ ...ask, credentials: { secret_key: "sk_test_1" } });
    expect(given).toMatchObject({ status: 400, body: { code: "unknown_field", param: "credentials" } });
    const none = await post({ ...ask, environment: "sandbox" });
    expect(none).toMatchObject({ status: 400, body: { code: "missing_field", param: "credentials" } });
    const live = openContext({ merchantId, livemode: true, actor: ctx.actor, requestId: "req_test" });
    const liveKey = (await createApiKey(live, { kind: "secret", label: "live" })).key;
    expect(await platform.call(liveKey, "POST", "/v1/channel_accounts", ask)).toMatchObject({
      status: 400,
      body: { code: "environment_of_other_mode" },
    });
  });

  it("tests a draft without keeping it, and refuses one of the other mode", async () => {
    const key = await merchant.key();
    const draft = { channel: "stripe", environment: "live", credentials: {} };
    const other = await platform.call(key, "POST", "/v1/channel_accounts/test", draft);
    expect(other).toMatchObject({ status: 400, body: { code: "environment_of_other_mode", param: "environment" } });
    const incomplete = await platform.call(key, "POST", "/v1/channel_accounts/test", {
      ...draft,
      environment: "sandbox",
    });
    expect(incomplete).toMatchObject({ status: 400, body: { code: "credentials_invalid" } });
    const mixed = await platform.call(key, "POST", "/v1/channel_accounts/test", {
      channel: "stripe",
      environment: "sandbox",
      credentials: { secret_key: "sk_test_1", publishable_key: "pk_live_1", webhook_secret: "whsec_1" },
    });
    expect(mixed).toMatchObject({ status: 200, body: { result: "refused", reason: "mode_mismatch" } });
  });
});
