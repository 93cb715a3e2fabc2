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
  for (const part of (cookieHeader ?? "").split(";")) {
    const [name, value] = part.trim().split("=");
    if (name === browserCookie && value && pattern.test(value)) return value;
  }
  return undefined;
}
