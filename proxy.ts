import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { localeCookie, locales, negotiateLocale } from "#lib/kernel/locale";

const yearS = 365 * 24 * 3600;

const isDevelopment = process.env.NODE_ENV === "development";
const isSecure = (process.env.PUBLIC_URL ?? "").startsWith("https:");

/**
 * What a shopper's page may load: itself, and nothing of anybody else. Card fields of simulators and the isolated pages
 * of real providers are all served by this origin.
 */
function checkoutPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    // React's development build compiles at run time.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    // Browsers apply it to where a form's answer leads as well: a form that starts a payment may end at a provider.
    "form-action 'self' https:",
    "frame-ancestors 'none'",
  ].join("; ");
}

const otherPolicy = "object-src 'none'; base-uri 'self'; form-action 'self' https:; frame-ancestors 'self'";

const permissions = "camera=(), microphone=(), geolocation=(), usb=(), serial=(), midi=(), browsing-topics=()";

export function proxy(request: NextRequest): NextResponse {
  const isCheckout = request.nextUrl.pathname.startsWith("/pay/");
  const headers = new Headers(request.headers);
  const chosen = isCheckout ? locales.find((locale) => locale === request.nextUrl.searchParams.get("lang")) : undefined;
  let policy = otherPolicy;
  if (isCheckout) {
    const nonce = randomBytes(16).toString("base64");
    policy = checkoutPolicy(nonce);
    const remembered = locales.find((locale) => locale === request.cookies.get(localeCookie)?.value);
    headers.set("x-nonce", nonce);
    // Next reads the nonce for its own scripts out of the request's policy.
    headers.set("content-security-policy", policy);
    headers.set("x-locale", chosen ?? remembered ?? negotiateLocale(headers.get("accept-language")));
  }
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-content-type-options", "nosniff");
  // Never more than the origin to others: a checkout's address is a key. WeChat's H5 page asks for that much.
  response.headers.set("referrer-policy", "strict-origin-when-cross-origin");
  response.headers.set("permissions-policy", permissions);
  response.headers.set("x-frame-options", isCheckout ? "DENY" : "SAMEORIGIN");
  if (isSecure) response.headers.set("strict-transport-security", `max-age=${yearS}`);
  if (chosen) {
    // Readable by scripts, because the language switches of other pages write the same one.
    response.cookies.set(localeCookie, chosen, {
      path: "/",
      maxAge: yearS,
      sameSite: "lax",
      secure: isSecure,
    });
  }
  return response;
}

export const config = {
  // The API answers with headers of its own; built files are public and have none to protect.
  matcher: ["/((?!_next/|v1/|notify/|sim/|pay/frames/|favicon.ico).*)"],
};
