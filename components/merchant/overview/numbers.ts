import { plainMoney } from "../format.ts";

/** 12.5 %, in the reader's way. */
export function formatShare(locale: string, share: number): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(share);
}

export function formatCount(locale: string, count: number): string {
  return new Intl.NumberFormat(locale).format(count);
}

/** ¥1.2K for an axis, where the exact amount would not fit; never for a figure. */
export function formatShortMoney(locale: string, minor: number, currency: string): string {
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    notation: "compact",
    // One more than English needs: in Chinese 10,500 is 1.05万.
    maximumFractionDigits: 2,
    minimumFractionDigits: 0,
  }).format(Number(plainMoney(Math.round(minor), currency)));
}

export function formatShortCount(locale: string, count: number): string {
  return new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 2 }).format(count);
}

/** How much more than before, as a share of before; undefined where there was nothing to compare with. */
export function growth(now: number, before: number | undefined): number | undefined {
  return before === undefined || before === 0 ? undefined : (now - before) / Math.abs(before);
}

/** How many points a share has gone up or down, between the two as the reader sees them: rounded to a tenth. */
export function pointsBetween(now: number, before: number): number {
  return (Math.round(now * 1_000) - Math.round(before * 1_000)) / 10;
}

/** `yyyy-mm-dd` or `yyyy-mm-ddThh:mm` by the merchant's clock, as the reader writes a day or an hour. */
export function formatBucket(locale: string, start: string, style: "short" | "full"): string {
  const hasHour = start.length > 10;
  const at = new Date(hasHour ? `${start}:00Z` : `${start}T00:00:00Z`);
  const hour = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const day = { month: "short", day: "numeric" } as const;
  const long = { weekday: "short", ...day, year: "numeric" } as const;
  const options = style === "short" ? (hasHour ? hour : day) : hasHour ? { ...day, ...hour } : long;
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(at);
}
