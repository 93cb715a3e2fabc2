import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { env } from "#lib/kernel/env";
import { AppError } from "#lib/kernel/errors";
import { randomToken } from "#lib/kernel/ids";
import { type Locale, locales, negotiateLocale } from "#lib/kernel/locale";
import { inWorkScope } from "#lib/kernel/work-scope";
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

/** An answer of the API is no page: a browser that is made to show one runs and frames nothing. */
const noPage = "default-src 'none'; frame-ancestors 'none'";

const transportSecurity = "max-age=31536000; includeSubDomains";

/** Gives every request its id, language and address. */
export const identifyRequest = createMiddleware<ApiEnv>(async (c, next) => {
  const given = c.req.header("request-id");
  const requestId = given && /^[\w-]{8,64}$/.test(given) ? given : `req_${randomToken(20)}`;
  c.set("requestId", requestId);
  c.set("locale", localeOf(c.req.header("x-locale"), c.req.header("accept-language")));
  c.set("ip", clientIp(c.req.header("x-forwarded-for"), c.env?.incoming?.socket?.remoteAddress));
  await inWorkScope({ requestId }, next);
  c.res.headers.set("request-id", requestId);
  if (!c.res.headers.has("cache-control")) c.res.headers.set("cache-control", "no-store");
  c.res.headers.set("x-content-type-options", "nosniff");
  if (!c.res.headers.has("content-security-policy")) c.res.headers.set("content-security-policy", noPage);
  if (env.publicUrl.startsWith("https:")) c.res.headers.set("strict-transport-security", transportSecurity);
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

/** Only text with one of these escapes can hold what PostgreSQL stores in no text: U+0000 or half a surrogate pair. */
const suspicious = /\\u(?:0000|d[89a-f])/i;

/** Without recursion: a body may be nested as deep as it is long. */
function holdsUnstorable(body: object): boolean {
  const rest: unknown[] = [body];
  for (let value = rest.pop(); value !== undefined; value = rest.pop()) {
    if (typeof value === "string" && (value.includes("\0") || !value.isWellFormed())) return true;
    if (typeof value !== "object" || value === null) continue;
    for (const [name, inner] of Object.entries(value)) rest.push(name, inner ?? "");
  }
  return false;
}

/**
 * Reads the body of a write, bounded, and refuses what is not a JSON object before any schema looks at it. The routes
 * read the same text again from the request's own cache.
 */
export const requireJsonBody = createMiddleware<ApiEnv>(async (c, next) => {
  const method = c.req.method;
  if (c.req.url.includes("%00")) throw new AppError("invalid_request", "text_unstorable");
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
  if (suspicious.test(text) && holdsUnstorable(body)) throw new AppError("invalid_request", "text_unstorable");
  await next();
});
