import { generate } from "otplib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashPassword } from "#lib/access/password";
import { permissionsOf } from "#lib/access/permissions";
import { createApiKey } from "#lib/api-keys/create-key";
import { setSigning } from "#lib/api-keys/set-signing";
import { applicationAsks } from "#lib/onboarding/testing";
import { createRole } from "#lib/roles/create-role";
import { startProvider, type TestProvider } from "#lib/sso/testing";
import { moveClock } from "#lib/test-clock/move-clock";
import { type Colleague, colleague } from "#lib/testing/people";
import { type Answer, type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { authorizedOrder, choose, nextNumber, openOrder, paidOrder } from "#lib/testing/shop";
import { createEndpoint } from "#lib/webhooks/create-endpoint";

let platform: Platform;
let merchant: TestMerchant;
let key: string;
let owner: Colleague;
let provider: TestProvider;
beforeAll(async () => {
  platform = await startPlatform();
  provider = await startProvider(`${platform.origin}/v1/sign_in/sso/callback`);
  merchant = await platform.merchant({}, ["wechatpay", "stripe"]);
  key = await merchant.key();
  owner = await colleague(platform, merchant.merchantId, "owner");
});
afterAll(async () => {
  await provider.end();
  await platform.end();
});

interface Ask {
  readonly path: string;
  readonly body?: unknown;
}

const all = permissionsOf("owner");
const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const newKey = async () => (await createApiKey(merchant.ctx, { kind: "secret", label: "one more" })).row.id;
const newRole = async () =>
  (await createRole(merchant.ctx, { name: nextNumber("Role"), description: "", permissions: ["orders:read"] }, all)).id;
const newEndpoint = async () =>
  (await createEndpoint(merchant.ctx, { url: "http://127.0.0.1:9/hook", eventTypes: ["*"] })).endpoint.id;
const idOf = async (method: string, path: string, body: unknown) => String((await asOwner(method, path, body)).body.id);
const invite = () => ({ email: `${nextNumber("jo").toLowerCase()}@shop.example`, role: "finance" });
const connection = () => ({ issuer: provider.issuer, client_id: "gpl", client_secret: "a secret" });
const newDomain = () => `${nextNumber("d").toLowerCase()}.example`;
const addedDomain = async () => String((await asOwner("POST", "/v1/sso/domains", { domain: newDomain() })).body.domain);
const question = { subject: "A refund is missing", category: "refund", body: "Where is it?" };
const csv = { object: "orders", format: "csv" };
const listEntry = () => ({
  action: "block",
  kind: "email",
  value: `${nextNumber("jo").toLowerCase()}@shop.example`,
  reason: "Stolen card",
});
const view = () => ({ list: "orders", name: nextNumber("View") });

async function newDelivery(): Promise<string> {
  await newEndpoint();
  await openOrder(merchant.ctx);
  await platform.deliverWebhooks();
  const { body } = await platform.call(key, "GET", "/v1/webhook_deliveries?limit=1");
  return body.data[0].id;
}

async function signedKey(): Promise<string> {
  const id = await newKey();
  await setSigning(merchant.ctx, id, { algorithm: "hmac-sha256", required: false }, all);
  return id;
}

/** How each writing route is made to write. A new one without a line here fails the test below. */
const asks: Record<string, () => Promise<Ask>> = {
  "POST /v1/orders": async () => ({
    path: "/v1/orders",
    body: { merchant_order_no: nextNumber("W"), amount: 100, currency: "CNY", subject: "Tea" },
  }),
  "POST /v1/orders/{id}/close": async () => ({ path: `/v1/orders/${(await openOrder(merchant.ctx)).id}/close` }),
  "POST /v1/orders/{id}/void": async () => ({ path: `/v1/orders/${(await authorizedOrder(merchant.ctx)).id}/void` }),
  "POST /v1/orders/{id}/capture": async () => ({
    path: `/v1/orders/${(await authorizedOrder(merchant.ctx)).id}/capture`,
    body: {},
  }),
  "POST /v1/orders/{id}/attempts": async () => ({
    path: `/v1/orders/${(await openOrder(merchant.ctx)).id}/attempts`,
    body: { method: "wechat_pay" },
  }),
  "POST /v1/refunds": async () => ({
    path: "/v1/refunds",
    body: { order: (await paidOrder(platform, merchant.ctx)).id, merchant_refund_no: nextNumber("R") },
  }),
  "POST /v1/exports": async () => ({ path: "/v1/exports", body: csv }),
  "POST /v1/exports/{id}/cancel": async () => ({
    path: `/v1/exports/${await idOf("POST", "/v1/exports", csv)}/cancel`,
  }),
  "POST /v1/privacy/exports": async () => ({ path: "/v1/privacy/exports", body: { email: "lin@example.com" } }),
  "POST /v1/privacy/erasures": async () => ({ path: "/v1/privacy/erasures", body: { phone: "+8613800001111" } }),
  ...applicationAsks(() => ({ platform, merchantId: merchant.merchantId, headers: owner.headers })),
  "POST /v1/saved_views": async () => ({ path: "/v1/saved_views", body: view() }),
  "DELETE /v1/saved_views/{id}": async () => ({
    path: `/v1/saved_views/${await idOf("POST", "/v1/saved_views", view())}`,
  }),
  "POST /v1/webhook_endpoints": async () => ({
    path: "/v1/webhook_endpoints",
    body: { url: "http://127.0.0.1:9/hook", event_types: ["*"] },
  }),
  "PATCH /v1/webhook_endpoints/{id}": async () => ({
    path: `/v1/webhook_endpoints/${await newEndpoint()}`,
    body: { description: "changed" },
  }),
  "DELETE /v1/webhook_endpoints/{id}": async () => ({ path: `/v1/webhook_endpoints/${await newEndpoint()}` }),
  "POST /v1/webhook_endpoints/{id}/roll": async () => ({ path: `/v1/webhook_endpoints/${await newEndpoint()}/roll` }),
  "POST /v1/webhook_endpoints/{id}/test": async () => ({ path: `/v1/webhook_endpoints/${await newEndpoint()}/test` }),
  "POST /v1/webhook_deliveries/{id}/resend": async () => ({
    path: `/v1/webhook_deliveries/${await newDelivery()}/resend`,
  }),
  "POST /v1/events/replay": async () => ({
    path: "/v1/events/replay",
    body: { endpoint: await newEndpoint(), from_sequence: 1, to_sequence: 2 },
  }),
  "POST /v1/api_keys": async () => ({ path: "/v1/api_keys", body: { kind: "secret", label: "one more" } }),
  "PATCH /v1/api_keys/{id}": async () => ({ path: `/v1/api_keys/${await newKey()}`, body: { label: "renamed" } }),
  "DELETE /v1/api_keys/{id}": async () => ({ path: `/v1/api_keys/${await newKey()}` }),
  "POST /v1/api_keys/{id}/roll": async () => ({ path: `/v1/api_keys/${await newKey()}/roll`, body: {} }),
  "POST /v1/api_keys/{id}/signing": async () => ({
    path: `/v1/api_keys/${await newKey()}/signing`,
    body: { algorithm: "hmac-sha256", required: true },
  }),
  "DELETE /v1/api_keys/{id}/signing": async () => ({ path: `/v1/api_keys/${await signedKey()}/signing` }),
  "POST /v1/list_entries": async () => ({ path: "/v1/list_entries", body: listEntry() }),
  "POST /v1/list_entries/import": async () => ({
    path: "/v1/list_entries/import",
    body: { action: "block", kind: "email", reason: "Old list", text: "@import.example" },
  }),
  "DELETE /v1/list_entries/{id}": async () => ({
    path: `/v1/list_entries/${await idOf("POST", "/v1/list_entries", listEntry())}`,
  }),
  "POST /v1/ticket_files": async () => ({ path: "/v1/ticket_files?name=a.txt", body: "What we saw" }),
  "POST /v1/tickets": async () => ({ path: "/v1/tickets", body: question }),
  "POST /v1/tickets/{id}/messages": async () => ({
    path: `/v1/tickets/${await idOf("POST", "/v1/tickets", question)}/messages`,
    body: { body: "One more thing." },
  }),
  "POST /v1/tickets/{id}/close": async () => ({
    path: `/v1/tickets/${await idOf("POST", "/v1/tickets", question)}/close`,
  }),
  "POST /v1/tickets/{id}/reopen": async () => {
    const id = await idOf("POST", "/v1/tickets", question);
    await asOwner("POST", `/v1/tickets/${id}/close`);
    return { path: `/v1/tickets/${id}/reopen` };
  },
  "POST /v1/roles": async () => ({
    path: "/v1/roles",
    body: { name: nextNumber("Role"), permissions: ["orders:read"] },
  }),
  "PATCH /v1/roles/{id}": async () => ({ path: `/v1/roles/${await newRole()}`, body: { description: "changed" } }),
  "DELETE /v1/roles/{id}": async () => ({ path: `/v1/roles/${await newRole()}` }),
  "POST /v1/channel_accounts": async () => ({
    path: "/v1/channel_accounts",
    body: {
      channel: "stripe",
      environment: "sandbox",
      label: "Cards",
      credentials: {
        secret_key: "sk_test_1234567890",
        publishable_key: "pk_test_1234567890",
        webhook_secret: "whsec_1",
      },
    },
  }),
  "PATCH /v1/channel_accounts/{id}": async () => ({
    path: `/v1/channel_accounts/${merchant.accounts.stripe?.id}`,
    body: { label: "renamed" },
  }),
  "PATCH /v1/settings": async () => ({ path: "/v1/settings", body: { order_lifetime_minutes: 45 } }),
  "PATCH /v1/branding": async () => ({ path: "/v1/branding", body: { display_name: "Another name" } }),
  "POST /v1/branding/logos": async () => ({ path: "/v1/branding/logos", body: { data: pixel } }),
  "PATCH /v1/members/{id}": async () => ({
    path: `/v1/members/${(await colleague(platform, merchant.merchantId, "finance")).id}`,
    body: { role: "developer" },
  }),
  "DELETE /v1/members/{id}": async () => ({
    path: `/v1/members/${(await colleague(platform, merchant.merchantId, "finance")).id}`,
  }),
  "POST /v1/invitations": async () => ({ path: "/v1/invitations", body: invite() }),
  "DELETE /v1/invitations/{id}": async () => ({
    path: `/v1/invitations/${await idOf("POST", "/v1/invitations", invite())}`,
  }),
  "POST /v1/test/orders/{id}/act": async () => ({
    path: `/v1/test/orders/${await startedOrder()}/act`,
    body: { act: "fail" },
  }),
  "PATCH /v1/sso": async () => ({ path: "/v1/sso", body: connection() }),
  "DELETE /v1/sso": async () => {
    await asOwner("PATCH", "/v1/sso", connection());
    return { path: "/v1/sso" };
  },
  "POST /v1/sso/domains": async () => ({ path: "/v1/sso/domains", body: { domain: newDomain() } }),
  "POST /v1/sso/domains/{domain}/verify": async () => ({ path: `/v1/sso/domains/${await addedDomain()}/verify` }),
  "DELETE /v1/sso/domains/{domain}": async () => ({ path: `/v1/sso/domains/${await addedDomain()}` }),
  "POST /v1/test/orders/{id}/faults": async () => ({
    path: `/v1/test/orders/${await startedOrder()}/faults`,
    body: { faults: [{ kind: "lose_notification", times: 1 }] },
  }),
  "POST /v1/test/channel_accounts/{id}/faults": async () => ({
    path: `/v1/test/channel_accounts/${merchant.accounts.wechatpay?.id}/faults`,
    body: { faults: [] },
  }),
  "POST /v1/test/clock": async () => ({ path: "/v1/test/clock", body: { advance_seconds: 1 } }),
  "DELETE /v1/test/clock": async () => {
    await moveClock(merchant.ctx, { advance_seconds: 1 });
    return { path: "/v1/test/clock" };
  },
};

/** Routes that change nothing of the merchant's own, with the reason. */
const writeNothing: Record<string, string> = {
  "POST /v1/sso/test": "asks the provider about itself, and keeps nothing",
  "POST /v1/channel_accounts/test": "asks the provider whether credentials work, and keeps nothing",
  "POST /v1/channel_accounts/{id}/test": "asks the provider whether credentials work, and keeps nothing",
};

async function startedOrder(): Promise<string> {
  const { id } = await openOrder(merchant.ctx);
  await choose(merchant.ctx, id, "wechat_pay");
  return id;
}

let asked = 0;

/** As the merchant's owner, in the dashboard's way: some routes are not for keys. */
function asOwner(method: string, path: string, body?: unknown, requestId?: string): Promise<Answer> {
  asked += 1;
  return platform.call(undefined, method, path, body, {
    ...owner.headers,
    "idempotency-key": `walk-${asked}`,
    ...(requestId && { "request-id": requestId }),
  });
}

describe("every writing route", () => {
  it("is known here", async () => {
    const { body } = await platform.call(undefined, "GET", "/v1/openapi.json");
    const writing = Object.entries(body.paths as Record<string, object>).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((method) => method !== "get")
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect([...Object.keys(asks), ...Object.keys(writeNothing)].sort()).toEqual(writing.sort());
  });

  it.each(Object.keys(asks))("%s records who did it, from where, by which request", async (name) => {
    const [method = ""] = name.split(" ");
    const ask = await asks[name]?.();
    if (!ask) throw new Error("nothing to ask");
    const requestId = `walk-request-${asked}-${Object.keys(asks).indexOf(name)}`;
    const answer = await asOwner(method, ask.path, ask.body, requestId);
    expect({ name, status: answer.status, code: answer.body.code }).toEqual({
      name,
      status: expect.toSatisfy((status: number) => status < 300),
      code: undefined,
    });
    const rows = await platform.owner`select actor_type, actor_id, ip, user_agent, livemode from audit_log
      where merchant_id = ${merchant.merchantId} and request_id = ${requestId} and actor_type = 'user'`;
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row).toEqual({
        actor_type: "user",
        actor_id: owner.id,
        ip: "127.0.0.1",
        user_agent: "node",
        livemode: false,
      });
    }
  });
});

describe("what was changed", () => {
  const changesOf = async (objectId: string) => {
    const { body } = await platform.call(key, "GET", `/v1/audit_log?object_id=${objectId}`);
    return Object.fromEntries(
      body.data.map(({ verb, before, after }: Record<string, unknown>) => [verb, { before, after }]),
    );
  };

  it("is told of a capture and of a void, before and after", async () => {
    const captured = await authorizedOrder(merchant.ctx);
    await asOwner("POST", `/v1/orders/${captured.id}/capture`, { amount: 5000 });
    expect((await changesOf(captured.id))["order.capture"]).toMatchObject({
      before: { pending_operation: null, amount: null },
      after: { pending_operation: "capture", amount: "5000" },
    });
    const voided = await authorizedOrder(merchant.ctx);
    await asOwner("POST", `/v1/orders/${voided.id}/void`);
    expect((await changesOf(voided.id))["order.void"]).toMatchObject({
      before: { pending_operation: null },
      after: { pending_operation: "void" },
    });
  });

  it("is told of a person's password and second factor, and never a secret", async () => {
    const person = await colleague(platform, merchant.merchantId, "finance");
    const old = "an old long password 5";
    await platform.owner`update users set password_hash = ${await hashPassword(old)} where id = ${person.id}`;
    const asPerson = (path: string, body: object) => platform.call(undefined, "POST", path, body, person.headers);
    const { body: begun } = await asPerson("/v1/me/totp", { password: old });
    const confirmed = await asPerson("/v1/me/totp/confirm", { code: await generate({ secret: begun.secret }) });
    await asPerson("/v1/me/recovery_codes", { password: old });
    await asPerson("/v1/me/totp/remove", { password: old });
    const password = "a quite different one 7";
    expect((await asPerson("/v1/me/password", { current: old, password })).status).toBe(200);

    expect(await changesOf(person.id)).toMatchObject({
      "totp.enable": { before: { totp: false }, after: { totp: true, recovery_codes_left: 10 } },
      "recovery_codes.renew": { before: { recovery_codes_left: 10 }, after: { recovery_codes_left: 10 } },
      "totp.disable": { before: { totp: true }, after: { totp: false, recovery_codes_left: 0 } },
    });
    const rows = await platform.owner`select verb, change from audit_log
      where merchant_id = ${merchant.merchantId} and object_id = ${person.id}`;
    const said = JSON.stringify(rows);
    expect(rows.find(({ verb }) => verb === "password.change")?.change).toEqual({
      proven_by: "password",
      sessions_ended: "all_others",
    });
    const secrets = [password, old, begun.secret, ...confirmed.body.recovery_codes];
    for (const secret of secrets) expect(said).not.toContain(secret);
  });
});

describe("the list", () => {
  it("names people and keys, and is filtered by who, what, which object and when", async () => {
    const made = await asOwner("POST", "/v1/roles", { name: nextNumber("Role"), permissions: ["orders:read"] });
    const read = async (query: string) => (await platform.call(key, "GET", `/v1/audit_log?${query}`)).body.data;
    const [entry] = await read(`object_id=${made.body.id}`);
    expect(entry).toMatchObject({
      actor: { type: "user", id: owner.id, name: "Sam owner" },
      verb: "role.create",
      before: null,
      after: { permissions: ["orders:read"] },
    });
    const byOwner = await read(`actor=${owner.id}&verb=role.create`);
    expect(byOwner.map((one: { id: string }) => one.id)).toContain(entry.id);
    for (const one of byOwner) expect([one.actor.id, one.verb]).toEqual([owner.id, "role.create"]);
    const at = encodeURIComponent(entry.created_at);
    expect(await read(`object_id=${made.body.id}&created_from=${at}&created_to=${at}`)).toHaveLength(1);
    const later = encodeURIComponent(new Date(Date.parse(entry.created_at) + 1).toISOString());
    expect(await read(`object_id=${made.body.id}&created_from=${later}`)).toEqual([]);
  });

  it("comes as a CSV file that a spreadsheet takes for text, whatever is in it", async () => {
    const name = `=cmd|' /C calc'!A${nextNumber("")}`;
    const made = await asOwner("POST", "/v1/api_keys", { kind: "secret", label: name });
    const answer = await platform.call(key, "GET", `/v1/audit_log/export?object_id=${made.body.id}`);
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const lines = String(answer.body).trim().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(made.body.id);
    for (const cell of lines[1]?.split(",") ?? []) expect(cell).not.toMatch(/^"?[=+\-@]/);
  });

  it("verifies over the API", async () => {
    const answer = await platform.call(key, "GET", "/v1/audit_log/verification");
    expect(answer).toMatchObject({ status: 200, body: { object: "audit_verification", broken: null } });
  });
});
