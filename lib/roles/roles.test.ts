import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memberships } from "#db/schema/access";
import { type Permission, permissionsOf } from "#lib/access/permissions";
import { membershipsOf } from "#lib/access/session";
import { newPlatformId } from "#lib/kernel/ids";
import { requireGrantable } from "#lib/team/colleagues";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";
import { auditOf } from "#lib/testing/shop";
import { createRole } from "./create-role.ts";
import { deleteRole } from "./delete-role.ts";
import { updateRole } from "./update-role.ts";

let platform: Platform;
let merchant: TestMerchant;
let key: string;
beforeAll(async () => {
  platform = await startPlatform();
  merchant = await platform.merchant({}, []);
  key = await merchant.key();
});
afterAll(() => platform.end());

const all = permissionsOf("owner");
const counter = { name: "Counter", description: "", permissions: ["orders:read"] as Permission[] };
let count = 0;
const role = (change = {}) => {
  count += 1;
  return createRole(merchant.ctx, { ...counter, name: `Counter ${count}`, ...change }, all);
};
const owner = { userId: "usr_owner", role: "owner" } as Parameters<typeof requireGrantable>[1];
const refused = (permission: Permission) => ({ code: "permission_not_grantable", detail: { permission } });

describe("a role of the merchant's own", () => {
  it("is made, changed, listed with the built-in ones and deleted over the API", async () => {
    const body = { name: "Night shift", permissions: ["orders:read", "refunds:read"] };
    const made = await platform.call(key, "POST", "/v1/roles", body);
    expect(made).toMatchObject({ status: 201, body: { ...body, is_built_in: false, members: 0, description: "" } });
    const changed = await platform.call(key, "PATCH", `/v1/roles/${made.body.id}`, { permissions: ["orders:read"] });
    expect(changed).toMatchObject({ status: 200, body: { name: "Night shift", permissions: ["orders:read"] } });
    const { body: list } = await platform.call(key, "GET", "/v1/roles");
    expect(list.data.slice(0, 6).map((one: { id: string }) => one.id)).toEqual([
      ...["owner", "admin", "finance", "operations", "developer", "read_only"],
    ]);
    expect(list.data).toContainEqual(changed.body);
    expect((await platform.call(key, "DELETE", `/v1/roles/${made.body.id}`)).status).toBe(200);
    expect((await platform.call(key, "DELETE", `/v1/roles/${made.body.id}`)).status).toBe(404);
    expect(await auditOf(merchant.ctx, made.body.id)).toEqual(
      ["role.create", "role.update", "role.delete"].map((verb) => `${verb} by api_key`),
    );
  });

  it("gives its permissions to whoever has it, and takes them with it when it changes", async () => {
    const { id } = await role({ permissions: ["refunds:read"] });
    const userId = newPlatformId("user");
    await platform.owner`insert into memberships (merchant_id, user_id, role) values (${merchant.merchantId}, ${userId}, ${id})`;
    const [mine] = await membershipsOf(userId);
    expect([...(mine?.permissions ?? [])]).toEqual(["refunds:read"]);
    expect(mine?.roleName).toMatch(/^Counter/);
  });

  it("that does not exist gives nothing", async () => {
    const userId = newPlatformId("user");
    await platform.owner`insert into memberships (merchant_id, user_id, role) values (${merchant.merchantId}, ${userId}, 'rol_gone')`;
    const [mine] = await membershipsOf(userId);
    expect(mine?.permissions.size).toBe(0);
  });

  it("is not of use to another merchant", async () => {
    const { id } = await role();
    const stranger = await platform.merchant({}, []);
    await expect(updateRole(stranger.ctx, id, { name: "Mine" }, all)).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteRole(stranger.ctx, id, all)).rejects.toMatchObject({ code: "not_found" });
    const userId = newPlatformId("user");
    await platform.owner`insert into memberships (merchant_id, user_id, role) values (${stranger.merchantId}, ${userId}, ${id})`;
    expect((await membershipsOf(userId))[0]?.permissions.size).toBe(0);
  });

  it("has a name of its own, whatever its capitals", async () => {
    const { name } = await role();
    await expect(role({ name: name.toUpperCase() })).rejects.toMatchObject({ code: "role_name_taken", param: "name" });
    const other = await role();
    await expect(updateRole(merchant.ctx, other.id, { name }, all)).rejects.toMatchObject({ code: "role_name_taken" });
    const twice = await Promise.allSettled([1, 2].map(() => role({ name: "Twins" })));
    expect(twice.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("can't be deleted while somebody has it, or while it is being given", async () => {
    const { id } = await role();
    const userId = newPlatformId("user");
    let deleting: Promise<unknown> = Promise.resolve();
    await merchant.ctx.transaction(async (tx) => {
      const name = await requireGrantable(tx, owner, id);
      deleting = deleteRole(merchant.ctx, id, all).catch((error: unknown) => error);
      await tx.db.insert(memberships).values({ merchantId: tx.merchantId, userId, role: name });
    });
    expect(await deleting).toMatchObject({ code: "role_in_use", detail: { members: 1 } });
    await merchant.ctx.transaction((tx) => tx.db.delete(memberships).where(eq(memberships.userId, userId)));
    await deleteRole(merchant.ctx, id, all);
  });
});

describe("nobody gives what he has not got", () => {
  const finance = permissionsOf("finance");

  it("making a role, changing one, deleting one", async () => {
    const { ctx } = merchant;
    await expect(
      createRole(ctx, { ...counter, name: "Too much", permissions: ["orders:read", "api_keys:write"] }, finance),
    ).rejects.toMatchObject(refused("api_keys:write"));
    const weak = await role();
    await expect(updateRole(ctx, weak.id, { permissions: ["orders:write"] }, finance)).rejects.toMatchObject(
      refused("orders:write"),
    );
    const strong = await role({ permissions: ["api_keys:write"] });
    await expect(updateRole(ctx, strong.id, { permissions: ["orders:read"] }, finance)).rejects.toMatchObject(
      refused("api_keys:write"),
    );
    await expect(deleteRole(ctx, strong.id, finance)).rejects.toMatchObject(refused("api_keys:write"));
  });
});
