import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator, type TestOperator } from "#lib/testing/operators";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";

let platform: Platform;
let merchant: TestMerchant;
let other: TestMerchant;
let support: TestOperator;
let compliance: TestOperator;
beforeAll(async () => {
  platform = await startPlatform();
  [merchant, other, support, compliance] = await Promise.all([
    platform.merchant({}, []),
    platform.merchant({}, []),
    operator(platform, "support"),
    operator(platform, "compliance"),
  ]);
});
afterAll(() => platform.end());

const as = (who: TestOperator, method: string, path: string, body?: unknown) =>
  platform.call(undefined, method, `/v1/operator${path}`, body, { ...who.headers });

/** Opens the merchant's dashboard; what the dashboard then sends. */
async function visit(minutes = 30) {
  const body = { reason: "The merchant asked for help with refunds", minutes };
  const opened = await as(support, "POST", `/merchants/${merchant.merchantId}/impersonations`, body);
  const cookie = opened.headers.get("set-cookie")?.split(";")[0] ?? "";
  return { id: opened.body.id as string, headers: { cookie: `${support.headers.cookie}; ${cookie}` } };
}

const call = (headers: Record<string, string>, method: string, path: string, body?: unknown) =>
  platform.call(undefined, method, path, body, headers);

describe("an operator at a merchant's dashboard", () => {
  it("reads what a member may read, changes nothing, and the merchant sees who came and why", async () => {
    const { id, headers } = await visit();
    expect((await call(headers, "GET", "/v1/orders")).status).toBe(200);
    expect((await call(headers, "GET", "/v1/api_keys")).status).toBe(200);
    const write = await call(headers, "PATCH", "/v1/settings", { name: "Changed" });
    expect([write.status, write.body.code]).toEqual([403, "forbidden"]);
    const elsewhere = await call({ ...headers, "gpl-merchant": other.merchantId }, "GET", "/v1/orders");
    expect(elsewhere.status).toBe(401);
    const { body } = await platform.call(await merchant.key(), "GET", `/v1/audit_log?object_id=${id}`);
    expect(body.data[0]).toMatchObject({
      verb: "impersonation.start",
      actor: { type: "operator", id: support.id },
    });
  });

  it("is out at once when he leaves, when his time is over, and when he was never let in", async () => {
    const first = await visit();
    expect((await as(support, "POST", `/impersonations/${first.id}/end`)).status).toBe(200);
    expect((await call(first.headers, "GET", "/v1/orders")).status).toBe(401);
    const second = await visit();
    await platform.owner`update impersonations set expires_at = now() - interval '1 second' where id = ${second.id}`;
    expect((await call(second.headers, "GET", "/v1/orders")).status).toBe(401);
    const stolen = await visit();
    const cookie = `${compliance.headers.cookie}; ${stolen.headers.cookie.split("; ")[1]}`;
    expect((await call({ cookie }, "GET", "/v1/orders")).status).toBe(401);
    const refused = await as(compliance, "POST", `/merchants/${merchant.merchantId}/impersonations`, {
      reason: "Curious about this merchant",
    });
    expect([refused.status, refused.body.code]).toEqual([403, "forbidden"]);
  });

  it("changes things once a second operator has allowed it, but never keys or people", async () => {
    const { id, headers } = await visit();
    const asked = await as(support, "POST", `/merchants/${merchant.merchantId}/impersonations/${id}/allow_changes`, {
      reason: "The merchant can't find the setting",
    });
    expect(asked.status).toBe(201);
    const { now } = (await as(compliance, "GET", `/approvals/${asked.body.id}`)).body;
    const decision = { decision: "approve", reason: "Ticket seen", version: now.version };
    expect((await as(compliance, "POST", `/approvals/${asked.body.id}/decide`, decision)).status).toBe(200);
    expect((await call(headers, "PATCH", "/v1/settings", { order_lifetime_minutes: 45 })).status).toBe(200);
    const key = await call(headers, "POST", "/v1/api_keys", { kind: "secret", label: "Mine" });
    expect([key.status, key.body.code]).toEqual([403, "forbidden"]);
    const log = await platform.call(await merchant.key(), "GET", "/v1/audit_log?verb=settings.update");
    expect(log.body.data[0].actor).toMatchObject({ type: "operator", id: support.id });
  });
});

describe("the platform's staff", () => {
  it("gain and lose access within seconds, never by their own hand, and one administrator stays", async () => {
    const admin = await operator(platform, "admin");
    const email = "new@platform.example";
    const made = await as(admin, "POST", "/operators", { name: "Nora", email, role: "support" });
    expect(made.status).toBe(201);
    const again = await as(admin, "POST", "/operators", { name: "Nora", email, role: "support" });
    expect([again.status, again.body.code]).toEqual([409, "operator_exists"]);
    const self = await as(admin, "PATCH", `/operators/${admin.id}`, { role: "auditor" });
    expect([self.status, self.body.code]).toEqual([403, "operator_self"]);
    expect((await as(admin, "PATCH", `/operators/${support.id}`, { role: "auditor" })).status).toBe(200);
    const noLonger = await as(support, "POST", `/merchants/${merchant.merchantId}/impersonations`, {
      reason: "The merchant asked for help",
    });
    expect(noLonger.status).toBe(403);
    expect((await as(admin, "DELETE", `/operators/${support.id}`)).status).toBe(200);
    expect((await as(support, "GET", "/approvals")).status).toBe(401);
    const [mail] = await platform.owner`select recipient from mails where recipient = ${email}`;
    expect(mail).toBeDefined();
  });
});
