import { cookieNamed } from "#lib/kernel/cookies";
import { env } from "#lib/kernel/env";
import { randomToken } from "#lib/kernel/ids";
import { localeCookie, locales, negotiateLocale } from "#lib/kernel/locale";
import type { Browser } from "./sessions.ts";

const deviceSeconds = 400 * 24 * 3_600;

/** The browser's own secret, by which a new device is told from one that signed in before. */
function deviceCookieName(): string {
  return `${env.publicUrl.startsWith("https:") ? "__Host-" : ""}device`;
}

const isSecret = (text: string | undefined): text is string => text !== undefined && /^[0-9a-z]{32}$/.test(text);

function cookie(name: string, value: string, seconds: number): string {
  const secure = env.publicUrl.startsWith("https:") ? "; Secure" : "";
  return `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

/** @returns the browser, and the cookie to give it when it brought none of ours */
export function readBrowser(request: Request): { browser: Browser; newCookie?: string } {
  const { headers } = request;
  const kept = cookieNamed(headers.get("cookie"), deviceCookieName());
  const isKnown = isSecret(kept);
  const deviceId = isKnown ? kept : randomToken(32);
  const chosen = locales.find((locale) => locale === cookieNamed(headers.get("cookie"), localeCookie));
  // server.ts sees to it that only a trusted proxy speaks for the client; the last address is the one that it saw.
  const ip = (headers.get("x-forwarded-for") ?? "")
    .split(",")
    .at(-1)
    ?.trim()
    .replace(/^::ffff:/, "");
  const browser = {
    ip: ip || "unknown",
    userAgent: headers.get("user-agent") ?? "",
    deviceId,
    locale: chosen ?? negotiateLocale(headers.get("accept-language")),
  };
  if (isKnown) return { browser };
  return { browser, newCookie: cookie(deviceCookieName(), deviceId, deviceSeconds) };
}

/** Long enough to find the phone, or to sign in at a provider. */
export const ceremonySeconds = 600;

function ceremonyCookieName(): string {
  return `${env.publicUrl.startsWith("https:") ? "__Host-" : ""}ceremony`;
}

/** The secret that ties a passkey's challenge or a single sign-on to the browser that began it. */
export function ceremonySecretOf(request: Request): string | undefined {
  const kept = cookieNamed(request.headers.get("cookie"), ceremonyCookieName());
  return isSecret(kept) ? kept : undefined;
}

/** The same secret for all tabs of a browser, so that one does not spoil what another began. */
export function openCeremony(request: Request): { readonly secret: string; readonly cookie: string } {
  const secret = ceremonySecretOf(request) ?? randomToken(32);
  return { secret, cookie: cookie(ceremonyCookieName(), secret, ceremonySeconds) };
}
