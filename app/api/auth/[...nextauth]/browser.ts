import type { Browser } from "#lib/access/sessions";
import { env } from "#lib/kernel/env";
import { randomToken } from "#lib/kernel/ids";
import { locales, negotiateLocale } from "#lib/kernel/locale";

const deviceSeconds = 400 * 24 * 3_600;

/** The browser's own secret, by which a new device is told from one that signed in before. */
function deviceCookieName(): string {
  return `${env.publicUrl.startsWith("https:") ? "__Host-" : ""}device`;
}

function cookieNamed(request: Request, name: string): string | undefined {
  const pair = (request.headers.get("cookie") ?? "").split("; ").find((part) => part.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}

/** @returns the browser, and the cookie to give it when it brought none of ours */
export function readBrowser(request: Request): { browser: Browser; newCookie?: string } {
  const { headers } = request;
  const kept = cookieNamed(request, deviceCookieName());
  const isKnown = kept !== undefined && /^[0-9a-z]{32}$/.test(kept);
  const deviceId = isKnown ? kept : randomToken(32);
  const chosen = locales.find((locale) => locale === cookieNamed(request, "lang"));
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
  const secure = env.publicUrl.startsWith("https:") ? "; Secure" : "";
  const newCookie = `${deviceCookieName()}=${deviceId}; Path=/; Max-Age=${deviceSeconds}; HttpOnly; SameSite=Lax${secure}`;
  return { browser, newCookie };
}
