import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { AppError } from "#lib/kernel/errors";
import { randomToken } from "#lib/kernel/ids";
import { type Locale, locales, negotiateLocale } from "#lib/kernel/locale";
import type { ApiEnv } from "../env.ts";

const maxBodyBytes = 262_144;

function clientIp(forwarded: string | undefined, socket: string | undefined): string {
  // Only a proxy that the operator has put before us may speak for the client.
  const trusted = process.env.TRUST_PROXY === "on" ? forwarded?.split(",").at(-1)?.trim() : undefined;
  return (trusted || socket || "").replace(/^::ffff:/, "");
}

function localeOf(explicit: string | undefined, acceptLanguage: string | undefined): Locale {
  return locales.find((locale) => locale === explicit) ?? negotiateLocale(acceptLanguage);
}

/** Gives every request its id, language and address. */
export const identifyRequest = createMiddleware<ApiEnv>(async (c, next) => {
  const given = c.req.header("request-id");
  const requestId = given && /^[\w-]{8,64}$/.test(given) ? given : `req_${randomToken(20)}`;
  c.set("requestId", requestId);
  c.set("locale", localeOf(c.req.header("x-locale"), c.req.header("accept-language")));
  c.set("ip", clientIp(c.req.header("x-forwarded-for"), c.env?.incoming?.socket?.remoteAddress));
  await next();
  c.res.headers.set("request-id", requestId);
  if (!c.res.headers.has("cache-control")) c.res.headers.set("cache-control", "no-store");
  c.res.headers.set("x-content-type-options", "nosniff");
});

function tooLarge(): AppError {
  return new AppError("too_large", "body_too_large", { detail: { limit: maxBodyBytes } });
}

const boundBody = bodyLimit({
  maxSize: maxBodyBytes,
  onError: () => {
    throw tooLarge();
  },
});

/**
 * Reads the body of a write, bounded, and refuses what is not a JSON object before any schema looks at it. The routes
 * read the same text again from the request's own cache.
 */
export const requireJsonBody = createMiddleware<ApiEnv>(async (c, next) => {
  const method = c.req.method;
  if (method === "GET" || method === "HEAD" || method === "DELETE" || method === "OPTIONS") return next();
  const length = c.req.header("content-length");
  // A length that is named also holds: the HTTP parser sees to it. What comes without one is read no further than allowed,
  // through a stream, which costs several times as much.
  if (length === undefined) await boundBody(c, async () => {});
  else if (!(Number(length) <= maxBodyBytes)) throw tooLarge();
  const text = await c.req.text();
  if (text === "") return next();
  if (!/^application\/json\b/i.test(c.req.header("content-type") ?? "")) {
    throw new AppError("unsupported_media_type", "content_type_not_json");
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid_request", "body_not_json", { cause });
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new AppError("invalid_request", "body_not_object");
  }
  await next();
});
