import type { Context as HonoContext } from "hono";
import { createMiddleware } from "hono/factory";
import { openContext } from "#db/tenancy";
import type { Permission } from "#lib/access/permissions";
import { merchantsOpenTo, readSession } from "#lib/access/session";
import { isInRanges } from "#lib/api-keys/addresses";
import { checkSignature } from "#lib/api-keys/check-signature";
import { AddressNotAllowed } from "#lib/api-keys/errors";
import { findApiKey, type KnownKey } from "#lib/api-keys/find-key";
import type { RequestActor } from "#lib/audit/actor";
import { systemClock } from "#lib/kernel/clock";
import { env } from "#lib/kernel/env";
import { AppError } from "#lib/kernel/errors";
import { MerchantSuspended } from "#lib/merchants/errors";
import { loadMerchant } from "#lib/merchants/load-merchant";
import { visitBehind } from "#lib/operator/impersonation/visit";
import { atTestTime } from "#lib/test-clock/at-test-time";
import type { ApiEnv, Principal } from "../env.ts";

const maxUserAgentLength = 200;

interface Authenticated {
  readonly principal: Principal;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly key?: KnownKey;
}

function unauthenticated(): AppError {
  return new AppError("unauthenticated", "unauthenticated");
}

async function byKey(header: string, requestId: string): Promise<Authenticated> {
  const key = /^Bearer (\S+)$/.exec(header)?.[1];
  const known = key === undefined ? undefined : await findApiKey(key, systemClock.now(), requestId);
  if (!known) throw unauthenticated();
  const { row, permissions } = known;
  return {
    principal: { type: "api_key", id: row.id, permissions },
    merchantId: row.merchantId,
    livemode: row.livemode,
    key: known,
  };
}

/** What the key itself asks of each of its requests. */
async function checkKey(c: HonoContext<ApiEnv>, key: KnownKey): Promise<void> {
  const ip = c.get("ip");
  if (key.ranges.length > 0 && !isInRanges(ip, key.ranges)) throw new AddressNotAllowed(ip);
  const { signatureKey } = key;
  if (!signatureKey) return;
  const { method, url } = c.req;
  const hasBody = method === "POST" || method === "PATCH";
  const isText = /^application\/json\b/i.test(c.req.header("content-type") ?? "");
  const message = {
    method,
    // The address that our callers know: behind a proxy the one that we see is another.
    url: `${new URL(env.publicUrl).origin}${url.slice(url.indexOf("/", url.indexOf("//") + 2))}`,
    header: (name: string) => c.req.header(name),
  };
  await checkSignature(c.get("ctx"), { ...key, signatureKey }, message, hasBody ? await body(c, isText) : "");
}

/** A file is no text, and its digest is over its bytes. */
async function body({ req }: HonoContext<ApiEnv>, isText: boolean): Promise<string | Buffer> {
  return isText ? req.text() : Buffer.from(await req.arrayBuffer());
}

/** The dashboard: its cookie says who, its headers say which merchant and world; membership decides. */
async function bySession(headers: (name: string) => string | undefined, method: string): Promise<Authenticated> {
  const session = await readSession(headers("cookie"));
  if (!session) return byVisit(headers, method);
  if (method !== "GET" && method !== "HEAD" && !fromOurPages(headers)) throw new AppError("forbidden", "csrf");
  const wanted = headers("gpl-merchant");
  const mine = await merchantsOpenTo(session);
  const membership = wanted ? mine.find((entry) => entry.merchantId === wanted) : mine[0];
  if (!membership) throw unauthenticated();
  return {
    principal: { type: "user", id: session.userId, permissions: membership.permissions },
    merchantId: membership.merchantId,
    livemode: headers("gpl-mode") === "live",
  };
}

/** An operator who has the merchant's dashboard open. */
async function byVisit(headers: (name: string) => string | undefined, method: string): Promise<Authenticated> {
  const visit = await visitBehind(headers("cookie"));
  if (!visit) throw unauthenticated();
  if (method !== "GET" && method !== "HEAD" && !fromOurPages(headers)) throw new AppError("forbidden", "csrf");
  const { aboutMerchant } = visit.impersonation;
  if ((headers("gpl-merchant") ?? aboutMerchant) !== aboutMerchant) throw unauthenticated();
  return {
    principal: { type: "operator", id: visit.operator.id, permissions: visit.permissions },
    merchantId: aboutMerchant,
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
  const ip = c.get("ip");
  const { principal, merchantId, livemode, key } = header
    ? await byKey(header, requestId)
    : await bySession((name) => c.req.header(name), c.req.method);
  const userAgent = c.req.header("user-agent")?.slice(0, maxUserAgentLength);
  const actor: RequestActor = {
    type: principal.type,
    id: principal.id,
    ...(ip && { ip }),
    ...(userAgent && { userAgent }),
  };
  c.set("principal", principal);
  c.set("ctx", await atTestTime(openContext({ merchantId, livemode, requestId, locale: c.get("locale"), actor })));
  // Only now, so that the merchant finds what was refused in his log.
  if (key) await checkKey(c, key);
  await next();
});

/** What a suspended merchant's programs may still write: refunds; and orders, whose verbs refuse what takes money. */
const writableWhileSuspended: ReadonlySet<Permission> = new Set(["refunds:write", "orders:write"]);

/** A suspended merchant's keys read. People go on with what an inquiry needs: their team, their application, tickets. */
async function refuseKeyOfSuspended(c: HonoContext<ApiEnv>, permission: Permission): Promise<void> {
  const { method } = c.req;
  if (c.get("principal").type !== "api_key" || method === "GET" || method === "HEAD") return;
  if (writableWhileSuspended.has(permission)) return;
  if ((await loadMerchant(c.get("ctx"))).status === "suspended") throw new MerchantSuspended();
}

/** Refuses a caller without the permission that the route names. */
export function authorize(permission: Permission) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    if (!c.get("principal").permissions.has(permission)) {
      throw new AppError("forbidden", "forbidden", { detail: { permission } });
    }
    await refuseKeyOfSuspended(c, permission);
    await next();
  });
}
