import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  isPermission,
  type Permission,
  permissions,
  permissionsOf,
  type RoleName,
  roles,
} from "#lib/access/permissions";
import { createRole } from "#lib/roles/create-role";
import { colleague } from "#lib/testing/people";
import { type Platform, startPlatform, type TestMerchant } from "#lib/testing/platform";

let platform: Platform;
let merchant: TestMerchant;
let routes: readonly Route[];
beforeAll(async () => {
  platform = await startPlatform();
  merchant = await platform.merchant({}, []);
  routes = await readRoutes();
});
afterAll(() => platform.end());

interface Route {
  readonly method: string;
  readonly path: string;
  readonly permission: Permission;
}

/** Each route with the permission that it states. */
async function readRoutes(): Promise<Route[]> {
  const { body } = await platform.call(undefined, "GET", "/v1/openapi.json");
  const paths = body.paths as Record<string, Record<string, { "x-permission"?: string }>>;
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => {
      const permission = operation["x-permission"] ?? "";
      if (!isPermission(permission)) throw new Error(`${method} ${path} names no permission`);
      return { method: method.toUpperCase(), path, permission };
    }),
  );
}

/** Which routes a caller is kept out of, and which the table says. Nothing that is asked for exists or is valid. */
async function walk(headers: Record<string, string>, allowed: ReadonlySet<Permission>) {
  const wrong: string[] = [];
  for (const { method, path, permission } of routes) {
    const answer = await platform.call(
      undefined,
      method,
      path.replaceAll(/\{\w+\}/g, "none"),
      method === "POST" || method === "PATCH" ? {} : undefined,
      headers,
    );
    const isRefused = answer.status === 403 && answer.body.code === "forbidden";
    if (isRefused === allowed.has(permission) || answer.status === 401 || answer.status >= 500) {
      wrong.push(`${method} ${path} (${permission}): ${answer.status}`);
    }
  }
  return wrong;
}

describe("the walk over every route", () => {
  it("finds them, and each permission but those that only pages ask for at one of them", () => {
    expect(routes.length).toBeGreaterThan(50);
    const named = new Set(routes.map((route) => route.permission));
    expect(permissions.filter((permission) => !named.has(permission))).toEqual([]);
  });

  it.each(roles)("as %s lets in and keeps out as the table says", async (role) => {
    const person = await colleague(platform, merchant.merchantId, role);
    expect(await walk(person.headers, permissionsOf(role))).toEqual([]);
  });

  it("with a role of the merchant's own lets in and keeps out as that says", async () => {
    const own: Permission[] = ["orders:read", "refunds:read", "audit:read"];
    const input = { name: "Clerk who may not refund", description: "", permissions: own };
    const role = await createRole(merchant.ctx, input, permissionsOf("owner"));
    const person = await colleague(platform, merchant.merchantId, role.id as RoleName);
    expect(await walk(person.headers, new Set(own))).toEqual([]);
  });

  it.each<Permission>(["orders:write", "refunds:write", "audit:read", "api_keys:write"])(
    "with a key that is restricted to %s lets in through its routes only",
    async (permission) => {
      const body = { kind: "restricted", label: permission, permissions: [permission] };
      const made = await platform.call(await merchant.key(), "POST", "/v1/api_keys", body);
      expect(await walk({ authorization: `Bearer ${made.body.key}` }, new Set([permission]))).toEqual([]);
    },
  );

  it("keeps out somebody of another merchant, whatever he is there", async () => {
    const other = await platform.merchant({}, []);
    const person = await colleague(platform, other.merchantId, "owner");
    for (const { method, path } of routes) {
      const headers = { ...person.headers, "gpl-merchant": merchant.merchantId };
      const answer = await platform.call(
        undefined,
        method,
        path.replaceAll(/\{\w+\}/g, "none"),
        method === "GET" || method === "DELETE" ? undefined : {},
        headers,
      );
      expect(`${method} ${path} ${answer.status}`).toBe(`${method} ${path} 401`);
    }
  });
});
