import { createMiddleware } from "hono/factory";
import { openContext } from "#db/tenancy";
import {
  type Permission,
  permissionsOf,
  publishableKeyPermissions,
  secretKeyPermissions,
} from "#lib/access/permissions";
import { membershipsOf, readSession } from "#lib/access/session";
import { findApiKey } from "#lib/api-keys/find-key";
import { env } from "#lib/kernel/env";
import { AppError } from "#lib/kernel/errors";
import type { ApiEnv, Principal } from "../env.ts";

interface Authenticated {
  readonly principal: Principal;
  readonly merchantId: string;
  readonly livemode: boolean;
}

function unauthenticated(): AppError {
  return new AppError("unauthenticated", "unauthenticated");
}

async function byKey(header: string, requestId: string): Promise<Authenticated> {
  const key = /^Bearer (\S+)$/.exec(header)?.[1];
  const row = key === undefined ? undefined : await findApiKey(key, new Date(), requestId);
  if (!row) throw unauthenticated();
  const permissions = row.kind === "secret" ? secretKeyPermissions : publishableKeyPermissions;
  return {
    principal: { type: "api_key", id: row.id, permissions },
    merchantId: row.merchantId,
    livemode: row.livemode,
  };
}

/** The dashboard: its cookie says who, its headers say which merchant and world; membership decides. */
async function bySession(headers: (name: string) => string | undefined, method: string): Promise<Authenticated> {
  const session = await readSession(headers("cookie"));
  if (!session) throw unauthenticated();
  if (method !== "GET" && method !== "HEAD" && !fromOurPages(headers)) throw new AppError("forbidden", "csrf");
  const wanted = headers("gpl-merchant");
  const mine = await membershipsOf(session.userId);
  const membership = wanted ? mine.find((entry) => entry.merchantId === wanted) : mine[0];
  if (!membership) throw unauthenticated();
  return {
    principal: { type: "user", id: session.userId, permissions: permissionsOf(membership.role) },
    merchantId: membership.merchantId,
    livemode: headers("gpl-mode") === "live",
  };
}

function fromOurPages(headers: (name: string) => string | undefined): boolean {
  const site = headers("sec-fetch-site");
  if (site) return site === "same-origin";
  return headers("origin") === new URL(env.publicUrl).origin;
}

/** Finds out who calls and opens the context of that merchant and mode. */
export const authenticate = createMiddleware<ApiEnv>(async (c, next) => {
  const header = c.req.header("authorization");
  const requestId = c.get("requestId");
  const { principal, merchantId, livemode } = header
    ? await byKey(header, requestId)
    : await bySession((name) => c.req.header(name), c.req.method);
  const ip = c.get("ip");
  c.set("principal", principal);
  c.set(
    "ctx",
    openContext({
      merchantId,
      livemode,
      requestId,
      locale: c.get("locale"),
      actor: { type: principal.type, id: principal.id, ...(ip && { ip }) },
    }),
  );
  await next();
});

/** Refuses a caller without the permission that the route names. */
export function authorize(permission: Permission) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    if (!c.get("principal").permissions.has(permission)) {
      throw new AppError("forbidden", "forbidden", { detail: { permission } });
    }
    await next();
  });
}
