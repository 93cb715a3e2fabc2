import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openContext } from "#db/tenancy";
import { hashPassword } from "#lib/access/password";
import type { RoleName } from "#lib/access/permissions";
import { forgetMemberships, readSession } from "#lib/access/session";
import { signIn } from "#lib/access/sign-in";
import { cookieOf, goodPassword, newVisitor } from "#lib/access/testing";
import { newPlatformId } from "#lib/kernel/ids";
import { type Colleague, colleague } from "#lib/testing/people";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { recordOf, verifyDomain } from "./domains.ts";
import { type ProviderPerson, startProvider, type TestProvider, walkThrough } from "./testing.ts";

let platform: Platform;
let provider: TestProvider;
beforeAll(async () => {
  platform = await startPlatform();
  provider = await startProvider(`${platform.origin}/v1/sign_in/sso/callback`);
});
afterAll(async () => {
  await provider.end();
  await platform.end();
});

let merchant: TestMerchant;
let owner: Colleague;
let domain: string;
beforeEach(async () => {
  merchant = await platform.merchant({}, []);
  owner = await colleague(platform, merchant.merchantId, "owner");
  domain = `${randomUUID().slice(0, 8)}.example`;
});

const asOwner = (method: string, path: string, body?: unknown) =>
  platform.call(undefined, method, path, body, owner.headers);

const account = () => ({
  issuer: provider.issuer,
  client_id: provider.client.id,
  client_secret: provider.client.secret,
});

async function setUp(more: Record<string, unknown> = {}): Promise<void> {
  const kept = await asOwner("PATCH", "/v1/sso", { ...account(), default_role: "finance" });
  expect(kept.status).toBe(200);
  await asOwner("POST", "/v1/sso/domains", { domain });
  expect((await asOwner("POST", `/v1/sso/domains/${domain}/verify`)).body).toMatchObject({ domain, verified: true });
  if (Object.keys(more).length > 0) expect((await asOwner("PATCH", "/v1/sso", more)).status).toBe(200);
}

function hire(claims: ProviderPerson = {}): string {
  const email = `${randomUUID().slice(0, 8)}@${domain}`;
  provider.people.set(email, { email, email_verified: true, name: "Ada Okafor", ...claims });
  return email;
}

interface Begun {
  readonly url: URL;
  readonly cookie: string;
}

async function begin(email: string, next?: string): Promise<Begun> {
  const answer = await platform.call(undefined, "POST", "/v1/sign_in/sso", { email, ...(next && { next }) });
  expect(answer.status).toBe(200);
  return { url: new URL(answer.body.url), cookie: (answer.headers.getSetCookie()[0] ?? "").split(";")[0] ?? "" };
}

/** What the browser is answered when it comes back. */
async function comeBack(url: URL, cookie: string) {
  const answer = await fetch(url, { redirect: "manual", headers: { cookie } });
  const cookies = answer.headers.getSetCookie().map((set) => set.split(";")[0] ?? "");
  return { status: answer.status, location: answer.headers.get("location"), cookie: cookies.join("; ") };
}

async function enter(email: string) {
  const { url, cookie } = await begin(email);
  return comeBack(await walkThrough(url), cookie);
}

async function problemOf(email: string): Promise<string> {
  const { location, cookie } = await enter(email);
  expect(cookie).toBe("");
  return location?.replace("/sign-in?problem=", "") ?? "";
}

const rolesOf = (email: string) =>
  platform.owner<{ role: string }[]>`select role from memberships join users on id = user_id
    where lower(email) = ${email} and merchant_id = ${merchant.merchantId}`;

async function person(role: RoleName, email: string): Promise<string> {
  const id = newPlatformId("user");
  await platform.owner`insert into users (id, email, name, password_hash)
    values (${id}, ${email}, 'Jo Okafor', ${await hashPassword(goodPassword)})`;
  await platform.owner`insert into memberships (merchant_id, user_id, role) values (${merchant.merchantId}, ${id}, ${role})`;
  return id;
}

describe("signing in at the merchant's own provider", () => {
  it("asks with state, nonce and PKCE, takes a new person in with the default role, and says so in the activity log", async () => {
    await setUp();
    const email = hire();
    const { url, cookie } = await begin(email, "/dashboard/orders");
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: "code",
      scope: "openid email profile",
      code_challenge_method: "S256",
      state: expect.stringMatching(/.{40}/),
      nonce: expect.stringMatching(/.{40}/),
      redirect_uri: `${platform.origin}/v1/sign_in/sso/callback`,
    });
    const back = await comeBack(await walkThrough(url), cookie);
    expect(back).toMatchObject({ status: 303, location: "/dashboard/orders" });
    const session = await readSession(back.cookie);
    expect(session).toMatchObject({ email, name: "Ada Okafor", ssoMerchantId: merchant.merchantId });
    expect(await rolesOf(email)).toEqual([{ role: "finance" }]);
    const audit = await platform.owner`select verb, actor_id, ip from audit_log
      where merchant_id = ${merchant.merchantId} and object_id = ${session?.userId ?? ""} order by id`;
    expect(audit.map(({ verb }) => verb).sort()).toEqual(["member.provision", "sso.sign_in"]);
    for (const { actor_id, ip } of audit)
      expect({ actor_id, ip }).toEqual({ actor_id: session?.userId, ip: "127.0.0.1" });
  });

  it("opens that merchant alone, and not the account itself", async () => {
    await setUp();
    const email = hire();
    const id = await person("admin", email);
    const other = await platform.merchant({}, []);
    await platform.owner`insert into memberships (merchant_id, user_id, role) values (${other.merchantId}, ${id}, 'owner')`;
    const { cookie } = await enter(email);
    const read = (merchantId: string, path = "/v1/orders") =>
      platform.call(undefined, "GET", path, undefined, { cookie, "gpl-merchant": merchantId });
    expect((await read(merchant.merchantId)).status).toBe(200);
    expect((await read(other.merchantId)).status).toBe(401);
    expect((await read(merchant.merchantId, "/v1/me")).body.email).toBe(email);
    for (const path of ["/v1/me/sessions", "/v1/me/passkeys"]) {
      expect((await read(merchant.merchantId, path)).body.code).toBe("sso_session");
    }
    expect(await rolesOf(email)).toEqual([{ role: "admin" }]);
  });

  it("accepts the invitation of somebody who was invited, with its role", async () => {
    await setUp();
    const email = hire();
    await asOwner("POST", "/v1/invitations", { email, role: "developer" });
    expect((await enter(email)).location).toBe("/dashboard");
    expect(await rolesOf(email)).toEqual([{ role: "developer" }]);
    expect((await asOwner("GET", "/v1/invitations")).body.data).toEqual([]);
  });

  it("keeps out somebody who was taken off the team, until an invitation", async () => {
    await setUp();
    const email = hire();
    const id = await person("finance", email);
    expect((await asOwner("DELETE", `/v1/members/${id}`)).status).toBe(200);
    expect(await problemOf(email)).toBe("sso_removed");
    await asOwner("POST", "/v1/invitations", { email, role: "read_only" });
    expect((await enter(email)).location).toBe("/dashboard");
  });

  it.each<[string, () => ProviderPerson, string]>([
    ["an e-mail that the provider has not verified", () => ({ email_verified: false }), "sso_email_unverified"],
    ["an e-mail of another domain", () => ({ email: "ceo@elsewhere.example" }), "sso_email_foreign"],
    ["an e-mail of a domain below the merchant's", () => ({ email: `ceo@sub.${domain}` }), "sso_email_foreign"],
    ["an e-mail of a domain that ends alike", () => ({ email: `ceo@not${domain}` }), "sso_email_foreign"],
    ["no e-mail at all", () => ({ email: "" }), "sso_email_missing"],
  ])("refuses %s", async (_, claims, problem) => {
    await setUp();
    expect(await problemOf(hire(claims()))).toBe(problem);
  });

  it("says so when the provider turns somebody away", async () => {
    await setUp();
    expect(await problemOf(`nobody@${domain}`)).toBe("sso_denied");
  });

  it("trusts an answer once, in the browser that asked, with its own state, nonce and code", async () => {
    await setUp();
    const email = hire();
    const expired = "/sign-in?problem=sso_expired";
    const first = await begin(email);
    const back = await walkThrough(first.url);
    const elsewhere = await begin(email);
    expect((await comeBack(back, elsewhere.cookie)).location).toBe(expired);
    expect((await comeBack(back, "")).location).toBe(expired);
    const guessed = new URL(back);
    guessed.searchParams.set("state", "guessed");
    expect((await comeBack(guessed, first.cookie)).location).toBe(expired);
    expect((await comeBack(back, first.cookie)).location).toBe("/dashboard");
    expect((await comeBack(back, first.cookie)).location).toBe(expired);

    const failed = "/sign-in?problem=sso_failed";
    const otherNonce = await begin(email);
    otherNonce.url.searchParams.set("nonce", "of-another-sign-in");
    expect((await comeBack(await walkThrough(otherNonce.url), otherNonce.cookie)).location).toBe(failed);
    const mine = await begin(email);
    const stolenCode = (await walkThrough((await begin(email)).url)).searchParams.get("code") ?? "";
    const mixed = await walkThrough(mine.url);
    mixed.searchParams.set("code", stolenCode);
    expect((await comeBack(mixed, mine.cookie)).location).toBe(failed);
  });

  it("tells by an e-mail address nothing but whether its domain has a provider", async () => {
    await setUp();
    const known = hire();
    await person("finance", known);
    const ask = (email: string) => platform.call(undefined, "POST", "/v1/sign_in/sso", { email });
    const [one, other] = [await ask(known), await ask(`nobody@${domain}`)];
    expect(Object.keys(one.body)).toEqual(Object.keys(other.body));
    expect(one.body.url.split("?")[0]).toBe(other.body.url.split("?")[0]);
    expect(await ask("jo@no-provider.example")).toMatchObject({ status: 404, body: { code: "sso_off" } });
  });
});

describe("insisting on the provider", () => {
  it("shuts everybody's password out but the owners', at once, and lets them in again when it ends", async () => {
    await setUp();
    const email = `${randomUUID().slice(0, 8)}@${domain}`;
    const id = await person("admin", email);
    const { header } = await cookieOf({ id, email, name: "Jo", realm: "merchant" });
    const enterByPassword = () => signIn("merchant", { email, password: goodPassword, ip: newVisitor().ip });
    const read = async (cookie: string) =>
      (await platform.call(undefined, "GET", "/v1/orders", undefined, { cookie })).status;
    expect(await read(header)).toBe(200);
    await asOwner("PATCH", "/v1/sso", { required: true });
    expect(await read(header)).toBe(401);
    expect(await enterByPassword()).toEqual({ kind: "sso_required" });
    expect(await read(owner.headers.cookie ?? "")).toBe(200);
    provider.people.set(email, { email, email_verified: true });
    const { cookie } = await enter(email);
    expect(await read(cookie)).toBe(200);
    expect((await asOwner("DELETE", "/v1/sso")).body.configured).toBe(false);
    expect(await enterByPassword()).toMatchObject({ kind: "signed_in" });
    expect(await read(cookie)).toBe(401);
    forgetMemberships(id);
  });

  it("needs a domain that was proven", async () => {
    await asOwner("PATCH", "/v1/sso", account());
    expect((await asOwner("PATCH", "/v1/sso", { required: true })).body.code).toBe("sso_domain_missing");
  });
});

describe("the connection", () => {
  it("is the owner's: neither an administrator nor a key changes or tests it, and nobody reads the secret", async () => {
    await setUp();
    const admin = await colleague(platform, merchant.merchantId, "admin");
    const key = { authorization: `Bearer ${await merchant.key()}` };
    for (const [method, path, body] of [
      ["PATCH", "/v1/sso", { default_role: "admin" }],
      ["DELETE", "/v1/sso", undefined],
      ["POST", "/v1/sso/test", {}],
      ["POST", "/v1/sso/domains", { domain: "more.example" }],
      ["POST", `/v1/sso/domains/${domain}/verify`, undefined],
      ["DELETE", `/v1/sso/domains/${domain}`, undefined],
    ] as const) {
      expect((await platform.call(undefined, method, path, body, admin.headers)).body.code).toBe("owner_only");
      expect((await platform.call(undefined, method, path, body, key)).body.code).toBe("person_required");
    }
    const { body } = await asOwner("GET", "/v1/sso");
    expect(JSON.stringify(body)).not.toContain(provider.client.secret);
    const [row] =
      await platform.owner`select client_secret from sso_connections where merchant_id = ${merchant.merchantId}`;
    expect(row?.client_secret).not.toContain(provider.client.secret);
    const logged = await platform.owner`select change::text from audit_log where merchant_id = ${merchant.merchantId}`;
    expect(JSON.stringify(logged)).not.toContain(provider.client.secret);
  });

  it.each<[string, () => Record<string, string>, string, string]>([
    ["no address", () => ({ issuer: "login" }), "sso_issuer_invalid", "issuer"],
    ["an address with a query", () => ({ issuer: `${provider.issuer}?a=1` }), "sso_issuer_invalid", "issuer"],
    ["a private address", () => ({ issuer: "http://10.1.2.3" }), "sso_issuer_refused", "issuer"],
    ["the clouds' metadata address", () => ({ issuer: "http://169.254.169.254" }), "sso_issuer_refused", "issuer"],
    ["nobody there", () => ({ issuer: "http://127.0.0.1:1" }), "sso_issuer_unreachable", "issuer"],
    ["something else there", () => ({ issuer: platform.origin }), "sso_issuer_no_oidc", "issuer"],
    ["another name", () => ({ issuer: `${provider.issuer}/` }), "sso_issuer_mismatch", "issuer"],
    ["a wrong secret", () => ({ client_secret: "wrong" }), "sso_client_refused", "client_secret"],
    ["an unknown client", () => ({ client_id: "wrong" }), "sso_client_refused", "client_secret"],
  ])("is tested, and %s is named", async (_, change, code, param) => {
    const answer = await asOwner("POST", "/v1/sso/test", { ...account(), ...change() });
    expect(answer).toMatchObject({ status: 400, body: { code, param } });
  });

  it("is tested as typed or as kept, and its secret goes to no other issuer", async () => {
    expect((await asOwner("POST", "/v1/sso/test", {})).body.code).toBe("sso_not_configured");
    expect((await asOwner("POST", "/v1/sso/test", account())).body).toMatchObject({ ok: true });
    await setUp();
    expect((await asOwner("POST", "/v1/sso/test", {})).body).toMatchObject({ ok: true });
    const moved = await asOwner("PATCH", "/v1/sso", { issuer: "https://login.elsewhere.example" });
    expect(moved.body).toMatchObject({ code: "missing_field", param: "client_secret" });
  });

  it("gives nobody the owner's role, and none that is not there", async () => {
    for (const role of ["owner", "rol_none"]) {
      const answer = await asOwner("PATCH", "/v1/sso", { ...account(), default_role: role });
      expect(answer.body).toMatchObject({ code: "role_unknown", param: "default_role" });
    }
  });
});

describe("a domain", () => {
  const real = () => `${randomUUID().slice(0, 8)}.com`;
  const ctxOf = (merchantId: string, userId: string) =>
    openContext({ merchantId, livemode: false, requestId: "req_domain", actor: { type: "user", id: userId } });

  it("counts once its TXT record is there, and opens nothing before", async () => {
    const name = real();
    const ctx = ctxOf(merchant.merchantId, owner.id);
    await asOwner("PATCH", "/v1/sso", account());
    const { body } = await asOwner("POST", "/v1/sso/domains", { domain: ` @${name.toUpperCase()} ` });
    expect(body).toMatchObject({ domain: name, verified: false, record_name: `_globalpaylink.${name}` });
    await expect(verifyDomain(ctx, name, async () => ["v=spf1 -all"])).rejects.toThrow("sso_domain_unproven");
    const ask = () => platform.call(undefined, "POST", "/v1/sign_in/sso", { email: `jo@${name}` });
    expect((await ask()).body.code).toBe("sso_off");
    await verifyDomain(ctx, name, async (asked) => (asked === body.record_name ? [body.record_value] : []));
    expect((await ask()).status).toBe(200);
  });

  it("belongs to one merchant, and another's proof is no proof", async () => {
    const name = real();
    const other = await platform.merchant({}, []);
    const rival = await colleague(platform, other.merchantId, "owner");
    const record = recordOf(merchant.merchantId, name);
    await asOwner("POST", "/v1/sso/domains", { domain: name });
    await platform.call(undefined, "POST", "/v1/sso/domains", { domain: name }, rival.headers);
    const rivals = ctxOf(other.merchantId, rival.id);
    await expect(verifyDomain(rivals, name, async () => [record.value])).rejects.toThrow("sso_domain_unproven");
    await verifyDomain(ctxOf(merchant.merchantId, owner.id), name, async () => [record.value]);
    const own = recordOf(other.merchantId, name).value;
    await expect(verifyDomain(rivals, name, async () => [own])).rejects.toThrow("sso_domain_taken");
  });

  it.each(["shop", "-shop.com", "shop..com", "10.0.0.1", "shop.com/x", "jo@shop.com"])("is not %s", async (text) => {
    expect((await asOwner("POST", "/v1/sso/domains", { domain: text })).body.code).toBe("sso_domain_invalid");
  });
});
