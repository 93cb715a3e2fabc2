import { cookieNamed } from "#lib/kernel/cookies";
import { randomToken } from "#lib/kernel/ids";

/** The checkout's own cookie: a random text that says nothing, by which a browser is known again. */
export const browserCookie = "gpl_browser";
export const browserCookieSeconds = 180 * 24 * 3_600;

const pattern = /^[0-9a-hjkmnp-tv-z]{26}$/;

export function newBrowser(): string {
  return randomToken(26);
}

/** The browser that a cookie header names, or undefined when it names none of ours. */
export function browserOf(cookieHeader: string | null | undefined): string | undefined {
  const kept = cookieNamed(cookieHeader, browserCookie);
  return kept !== undefined && pattern.test(kept) ? kept : undefined;
}
