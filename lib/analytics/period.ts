import { InvalidParam } from "#lib/kernel/errors";

/** Calendar days of a time zone, `yyyy-mm-dd`, both ends counted. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

const dayMs = 86_400_000;
export const longestPeriodDays = 366;
const defaultDays = 30;
/** Up to this many days the hours tell more than the days. */
const hourlyDays = 2;

/** Calendar arithmetic: no clock and no zone takes part. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

export function daysOf({ from, to }: Period): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs) + 1;
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    // PostgreSQL would read an offset with its sign the other way round.
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

/**
 * The period that was asked for, or the thirty days that end today.
 *
 * @throws InvalidParam when it ends before it begins or is longer than a year
 */
export function periodOf(asked: Partial<Period>, now: Date, timeZone: string): Period {
  const to = asked.to ?? new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone }).format(now);
  const from = asked.from ?? addDays(to, 1 - defaultDays);
  const days = daysOf({ from, to });
  if (days < 1 || days > longestPeriodDays)
    throw new InvalidParam("period_invalid", "from", { days: longestPeriodDays });
  return { from, to };
}

/** As many days, right before. */
export function periodBefore(period: Period): Period {
  return { from: addDays(period.from, -daysOf(period)), to: addDays(period.from, -1) };
}

export function grainOf(period: Period): "hour" | "day" {
  return daysOf(period) <= hourlyDays ? "hour" : "day";
}

/** The begin of every hour or day of the period by the zone's clock, so that a quiet one shows as nothing and not as a gap. */
export function bucketsOf(period: Period): string[] {
  const days = Array.from({ length: daysOf(period) }, (_, index) => addDays(period.from, index));
  if (grainOf(period) === "day") return days;
  return days.flatMap((day) => Array.from({ length: 24 }, (_, hour) => `${day}T${String(hour).padStart(2, "0")}:00`));
}
