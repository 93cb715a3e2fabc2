import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type OperatorPermission,
  operatorPermissions,
  operatorRoles,
  permissionsOfOperator,
} from "#lib/operator/permissions";
import { operator } from "#lib/testing/operators";
import { colleague } from "#lib/testing/people";
import { type Platform, startPlatform } from "#lib/testing/platform";

let platform: Platform;
let routes: readonly Route[];
beforeAll(async () => {
  platform = await startPlatform();
  routes = await readRoutes();
});
afterAll(() => platform.end());

interface Route {
  readonly method: string;
  readonly path: string;
  readonly permission: OperatorPermission;
}

async function readRoutes(): Promise<Route[]> {
  const { body } = await platform.call(undefined, "GET", "/v1/operator/openapi.json");
  const paths = body.paths as Record<string, Record<string, { "x-permission"?: OperatorPermission }>>;
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => {
      const permission = operation["x-permission"];
      if (!permission || !operatorPermissions.includes(permission)) throw new Error(`${method} ${path} names none`);
      return { method: method.toUpperCase(), path, permission };
    }),
  );
}

/** Nothing that is asked for exists or is valid. */
function ask({ method, path }: Route, headers: Record<string, string>) {
  const body = method === "POST" || method === "PATCH" ? {} : undefined;
  return platform.call(undefined, method, path.replaceAll(/\{\w+\}/g, "none"), body, headers);
}

describe("the walk over every route of the console", () => {
  it.each(operatorRoles)("as %s lets in and keeps out as the table says", async (role) => {
    const { headers } = await operator(platform, role);
    const allowed = permissionsOfOperator(role);
    const wrong: string[] = [];
    for (const route of routes) {
      const answer = await ask(route, { ...headers });
      const isRefused = answer.status === 403 && answer.body.code === "forbidden";
      if (isRefused === allowed.has(route.permission) || answer.status === 401 || answer.status >= 500) {
        wrong.push(`${route.method} ${route.path} (${route.permission}): ${answer.status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("lets in no merchant's owner, no key, nobody signed out, and no operator who has left", async () => {
    const merchant = await platform.merchant({}, []);
    const owner = await colleague(platform, merchant.merchantId, "owner");
    const gone = await operator(platform);
    await platform.owner`update operators set ended_at = now() where id = ${gone.id}`;
    const strangers = [
      {},
      { ...owner.headers },
      { authorization: `Bearer ${await merchant.key()}` },
      { ...gone.headers },
    ];
    for (const headers of strangers) {
      for (const route of routes) {
        const { status } = await ask(route, headers);
        expect(`${route.method} ${route.path} ${status}`).toBe(`${route.method} ${route.path} 401`);
      }
    }
  });

  it("takes no write that a foreign page makes a browser send", async () => {
    const { headers } = await operator(platform);
    for (const route of routes.filter(({ method }) => method !== "GET")) {
      const answer = await ask(route, { ...headers, origin: "https://evil.example" });
      expect(`${route.method} ${route.path} ${answer.body.code}`).toBe(`${route.method} ${route.path} csrf`);
    }
  });
});
