import { type CurrencyCode, isCurrencyCode } from "#lib/kernel/currency";
import { fromDecimalString, money, toDecimalString } from "#lib/kernel/money";

/** An amount as a person reads it: `¥88.00`. Exact also where a number would not be. */
export function formatMoney(locale: string, minor: number | bigint, currency: string): string {
  const digits = decimals(currency);
  const amount = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return amount.format(plainMoney(minor, currency) as Intl.StringNumericLiteral);
}

/** `88.00`: what the amount's field holds. */
export function plainMoney(minor: number | bigint, currency: string): string {
  return toDecimalString(money(BigInt(minor), currency as CurrencyCode));
}

/** Digits after the point: 2 for CNY, 0 for JPY, 3 for KWD. */
export function decimals(currency: string): number {
  return plainMoney(0, currency).split(".")[1]?.length ?? 0;
}

/**
 * What was typed, in minor units. Group separators and full-width digits are taken as people type them.
 *
 * @returns undefined when it is no amount of this currency: not a number, or finer than a minor unit
 */
export function parseMoney(text: string, currency: string): number | undefined {
  if (!isCurrencyCode(currency)) return undefined;
  const plain = text
    .normalize("NFKC")
    .replaceAll(/[\s,']/g, "")
    .replace(/^[^\d.-]+/, "")
    .replace(/\.$/, "");
  try {
    const minor = Number(fromDecimalString(plain.startsWith(".") ? `0${plain}` : plain, currency).minor);
    return Number.isSafeInteger(minor) ? minor : undefined;
  } catch {
    return undefined;
  }
}

const steps = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** How long ago a reader still thinks in days. */
const recentSeconds = 7 * 86_400;

/** `5 minutes ago` within a week, `21 Nov 2026, 08:14` before. */
export function formatRelative(locale: string, at: Date, nowMs: number, timeZone: string): string {
  const seconds = Math.round((at.getTime() - nowMs) / 1000);
  if (Math.abs(seconds) > recentSeconds) return formatShort(locale, at, timeZone);
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const [unit, size] of steps) {
    // Chinese is set with a space between digits and characters; Intl leaves it out.
    if (Math.abs(seconds) >= size)
      return words.format(Math.trunc(seconds / size), unit).replace(/(\d)(?=\p{sc=Han})/u, "$1 ");
  }
  return words.format(0, "second");
}

export function formatShort(locale: string, at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone }).format(at);
}

export function formatDay(locale: string, at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone }).format(at);
}

/** To the second, with the distance from UTC. */
export function formatExact(locale: string, at: Date, timeZone: string): string {
  const moment = new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZone,
  });
  // Asked for apart: within a Chinese date the zone would stand before the time.
  const zone = new Intl.DateTimeFormat("en", { timeZoneName: "shortOffset", timeZone })
    .formatToParts(at)
    .find((part) => part.type === "timeZoneName")?.value;
  return `${moment.format(at)} ${zone ?? timeZone}`;
}

/** The moment when a calendar day (`yyyy-mm-dd`) begins in a time zone, `shift` days later. */
export function dayStart(day: string, timeZone: string, shift = 0): Date | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match) return undefined;
  const utc = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + shift);
  if (Number.isNaN(utc)) return undefined;
  // Twice, because the offset at the guess may be another than the offset at the answer (a change of clocks).
  const guess = utc - offsetMs(utc, timeZone);
  return new Date(utc - offsetMs(guess, timeZone));
}

/** The calendar day in a time zone, `yyyy-mm-dd`. */
export function dayOf(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone }).format(at);
}

function offsetMs(atMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(atMs);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second")) - atMs;
}
