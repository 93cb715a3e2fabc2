import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissionsOf } from "#lib/access/permissions";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { auditOf } from "#lib/testing/shop";
import { createApiKey } from "./create-key.ts";
import { writeKeyUses } from "./note-use.ts";
import { rollApiKey } from "./roll-key.ts";
import { updateApiKey } from "./update-key.ts";

let platform: Platform;
let merchant: TestMerchant;
let key: string;
beforeAll(async () => {
  platform = await startPlatform();
  merchant = await platform.merchant({}, []);
  key = await merchant.key();
});
afterAll(() => platform.end());

const make = (body: Record<string, unknown>, by = key) =>
  platform.call(by, "POST", "/v1/api_keys", { label: "Warehouse", ...body });
const all = permissionsOf("owner");

describe("a restricted key", () => {
  it("may do what it names and nothing else", async () => {
    const made = await make({ kind: "restricted", permissions: ["orders:read"] });
    expect(made).toMatchObject({ status: 201, body: { kind: "restricted", permissions: ["orders:read"] } });
    expect(made.body.key).toMatch(/^rk_test_/);
    expect((await platform.call(made.body.key, "GET", "/v1/orders")).status).toBe(200);
    for (const [method, path] of [
      ["GET", "/v1/refunds"],
      ["POST", "/v1/orders"],
      ["POST", "/v1/api_keys"],
    ] as const) {
      const answer = await platform.call(made.body.key, method, path, method === "POST" ? {} : undefined);
      expect(answer).toMatchObject({ status: 403, body: { code: "forbidden" } });
    }
    expect(await auditOf(merchant.ctx, made.body.id)).toEqual(["api_key.create by api_key"]);
  });

  it.each([
    [{ kind: "restricted" }, "permissions_missing", "permissions"],
    [{ kind: "restricted", permissions: [] }, "permissions_missing", "permissions"],
    [{ kind: "restricted", permissions: ["orders:steal"] }, "invalid_value", "permissions"],
    [{ kind: "secret", permissions: ["orders:read"] }, "permissions_of_restricted_only", "permissions"],
    [{ kind: "secret", allowed_ips: ["203.0.113.300"] }, "address_invalid", "allowed_ips"],
    [{ kind: "secret", allowed_ips: ["203.0.113.0/33"] }, "address_invalid", "allowed_ips"],
    [{ kind: "secret", allowed_ips: ["10.1/16"] }, "address_invalid", "allowed_ips"],
    [{ kind: "secret", expires_at: "2020-01-01T00:00:00Z" }, "expires_at_past", "expires_at"],
  ])("is refused as %j", async (body, code, param) => {
    const answer = await make(body);
    expect(answer).toMatchObject({ status: 400, body: { code } });
    expect(answer.body.param).toContain(param);
  });

  it("hands on no more than it has: not to a new key, not to a changed one, not by rolling a stronger one", async () => {
    const { body: clerk } = await make({
      kind: "restricted",
      permissions: ["api_keys:read", "api_keys:write", "orders:read"],
    });
    const refused = { status: 403, body: { code: "permission_not_grantable", param: "permissions" } };
    expect(await make({ kind: "secret" }, clerk.key)).toMatchObject(refused);
    expect(await make({ kind: "restricted", permissions: ["refunds:write"] }, clerk.key)).toMatchObject(refused);
    const { body: weak } = await make({ kind: "restricted", permissions: ["orders:read"] }, clerk.key);
    const { body: strong } = await make({ kind: "restricted", permissions: ["refunds:write"] });
    const patch = (id: string, permissions: string[]) =>
      platform.call(clerk.key, "PATCH", `/v1/api_keys/${id}`, { permissions });
    expect(await patch(weak.id, ["refunds:write"])).toMatchObject(refused);
    expect(await patch(strong.id, ["orders:read"])).toMatchObject(refused);
    expect(await platform.call(clerk.key, "POST", `/v1/api_keys/${strong.id}/roll`, {})).toMatchObject(refused);
    expect(await patch(weak.id, ["api_keys:read"])).toMatchObject({ status: 200 });
  });
});

describe("allowed addresses", () => {
  it.each([
    [["127.0.0.1"], 200],
    [["10.0.0.0/8", "127.0.0.0/8"], 200],
    [["203.0.113.0/24"], 403],
    [["::1/128"], 403],
  ])("%j from 127.0.0.1 gives %i", async (allowed_ips, status) => {
    const { body } = await make({ kind: "secret", allowed_ips });
    const answer = await platform.call(body.key, "GET", "/v1/orders");
    expect(answer.status).toBe(status);
    if (status === 403) {
      expect(answer.body).toMatchObject({ code: "address_not_allowed", values: { address: "127.0.0.1" } });
    }
  });

  it("change at once", async () => {
    const { body } = await make({ kind: "secret" });
    expect((await platform.call(body.key, "GET", "/v1/orders")).status).toBe(200);
    await platform.call(key, "PATCH", `/v1/api_keys/${body.id}`, { allowed_ips: ["203.0.113.7"] });
    expect((await platform.call(body.key, "GET", "/v1/orders")).status).toBe(403);
  });
});

describe("rolling", () => {
  const roll = (id: string, body = {}) => platform.call(key, "POST", `/v1/api_keys/${id}/roll`, body);

  it("gives a new key with the same rights, and lets the old one work until the chosen time", async () => {
    const { body: old } = await make({ kind: "restricted", permissions: ["orders:read"], allowed_ips: ["127.0.0.1"] });
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const rolled = await roll(old.id, { old_key_expires_at: until });
    expect(rolled).toMatchObject({
      status: 201,
      body: { permissions: ["orders:read"], allowed_ips: ["127.0.0.1"], label: "Warehouse", replaced_by: null },
    });
    const works = async (one: string) => (await platform.call(one, "GET", "/v1/orders")).status;
    expect([await works(old.key), await works(rolled.body.key)]).toEqual([200, 200]);
    const listed = await platform.call(key, "GET", "/v1/api_keys");
    expect(listed.body.data).toContainEqual(
      expect.objectContaining({ id: old.id, replaced_by: rolled.body.id, expires_at: until }),
    );
    expect(await roll(old.id)).toMatchObject({ status: 409, body: { code: "api_key_rolled" } });
    await platform.pass(3_601_000);
    expect([await works(old.key), await works(rolled.body.key)]).toEqual([401, 200]);
  });

  it("without an overlap ends the old key at once", async () => {
    const { body: old } = await make({ kind: "secret" });
    const rolled = await roll(old.id);
    expect((await platform.call(old.key, "GET", "/v1/orders")).status).toBe(401);
    expect((await platform.call(rolled.body.key, "GET", "/v1/orders")).status).toBe(200);
  });

  it("never makes the old key live longer, and not by more than 30 days", async () => {
    const soon = new Date(Date.now() + 7_200_000 + 3_600_000).toISOString();
    const later = new Date(Date.now() + 20 * 86_400_000).toISOString();
    const { body: old } = await make({ kind: "secret", expires_at: soon });
    const tooLong = new Date(Date.now() + 32 * 86_400_000).toISOString();
    expect(await roll(old.id, { old_key_expires_at: tooLong })).toMatchObject({
      status: 400,
      body: { code: "overlap_out_of_range" },
    });
    await roll(old.id, { old_key_expires_at: later });
    const { body } = await platform.call(key, "GET", "/v1/api_keys");
    expect(body.data.find((one: { id: string }) => one.id === old.id).expires_at).toBe(soon);
  });

  it("gives one new key when two roll at the same time", async () => {
    const { row } = await createApiKey(merchant.ctx, { kind: "secret", label: "race" });
    const until = new Date(merchant.ctx.now.getTime() + 60_000);
    const results = await Promise.allSettled([1, 2].map(() => rollApiKey(merchant.ctx, row.id, until, all)));
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("leaves another merchant's and the other mode's keys alone", async () => {
    const { row } = await createApiKey(merchant.ctx, { kind: "secret", label: "mine" });
    const stranger = await platform.merchant({}, []);
    for (const ctx of [stranger.ctx, merchant.ctx.with({ livemode: true })]) {
      await expect(rollApiKey(ctx, row.id, undefined, all)).rejects.toMatchObject({ code: "not_found" });
      await expect(updateApiKey(ctx, row.id, { label: "theirs" }, all)).rejects.toMatchObject({ code: "not_found" });
    }
  });
});

it("says when a key was last used, writing once for many requests", async () => {
  const { body: made } = await make({ kind: "secret" });
  await Promise.all(Array.from({ length: 5 }, () => platform.call(made.key, "GET", "/v1/orders")));
  const used = async () =>
    (await platform.owner`select last_used_at, xmin::text as version from api_keys where id = ${made.id}`)[0];
  expect((await used())?.last_used_at).toBeNull();
  await writeKeyUses();
  const after = await used();
  expect(after?.last_used_at).not.toBeNull();
  await writeKeyUses();
  expect((await used())?.version).toBe(after?.version);
});

it("tells in the audit log what a change was", async () => {
  const { body: made } = await make({ kind: "secret" });
  await platform.call(key, "PATCH", `/v1/api_keys/${made.id}`, { label: "Counter" }, { "user-agent": "curl/9" });
  const { body } = await platform.call(key, "GET", `/v1/audit_log?object_id=${made.id}&verb=api_key.update`);
  expect(body.data).toMatchObject([
    {
      verb: "api_key.update",
      before: { label: "Warehouse" },
      after: { label: "Counter" },
      details: null,
      ip: "127.0.0.1",
      user_agent: "curl/9",
      actor: { type: "api_key", name: "test" },
    },
  ]);
});
