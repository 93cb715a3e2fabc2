import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { browserCookie, browserCookieSeconds, browserOf, newBrowser } from "#lib/checkout/browser-cookie";
import { localeCookie, locales, negotiateLocale } from "#lib/kernel/locale";
import { pageHeaders, pageKindOf } from "#lib/page-security/page-policy";

const yearS = 365 * 24 * 3600;

const surroundings = {
  isDevelopment: process.env.NODE_ENV === "development",
  isSecure: (process.env.PUBLIC_URL ?? "").startsWith("https:"),
};

/** Gives every page its nonce and headers, and the checkout its language. */
export function proxy(request: NextRequest): NextResponse {
  const kind = pageKindOf(request.nextUrl.pathname);
  const nonce = randomBytes(16).toString("base64");
  const answered = pageHeaders(kind, nonce, surroundings);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // Next reads the nonce for its own scripts out of the request's policy.
  headers.set("content-security-policy", answered["content-security-policy"] ?? "");
  const chosen =
    kind === "checkout" ? locales.find((locale) => locale === request.nextUrl.searchParams.get("lang")) : undefined;
  if (kind === "checkout") {
    const remembered = locales.find((locale) => locale === request.cookies.get(localeCookie)?.value);
    headers.set("x-locale", chosen ?? remembered ?? negotiateLocale(headers.get("accept-language")));
  }
  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of Object.entries(answered)) response.headers.set(name, value);
  if (chosen) {
    // Readable by scripts, because the language switches of other pages write the same one.
    response.cookies.set(localeCookie, chosen, {
      path: "/",
      maxAge: yearS,
      sameSite: "lax",
      secure: surroundings.isSecure,
    });
  }
  if (kind === "checkout" && !browserOf(request.headers.get("cookie"))) {
    response.cookies.set(browserCookie, newBrowser(), {
      path: "/",
      maxAge: browserCookieSeconds,
      httpOnly: true,
      sameSite: "lax",
      secure: surroundings.isSecure,
    });
  }
  return response;
}

export const config = {
  // The API answers with headers of its own; built files are public and have none to protect.
  matcher: ["/((?!_next/|v1/|notify/|sim/|pay/frames/|favicon.ico).*)"],
};
