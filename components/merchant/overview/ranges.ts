import { addDays, longestPeriodDays, type Period } from "#lib/analytics/period";

export const presets = ["today", "yesterday", "7d", "30d", "90d", "month", "last_month"] as const;
export type Preset = (typeof presets)[number];
export type RangeName = Preset | "custom";

const defaultRange = "30d";

/** The days that a preset stands for on a given day; both ends counted. */
export function periodOfPreset(preset: Preset, today: string): Period {
  const firstOfMonth = `${today.slice(0, 8)}01`;
  switch (preset) {
    case "today":
      return { from: today, to: today };
    case "yesterday":
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case "7d":
      return { from: addDays(today, -6), to: today };
    case "30d":
      return { from: addDays(today, -29), to: today };
    case "90d":
      return { from: addDays(today, -89), to: today };
    case "month":
      return { from: firstOfMonth, to: today };
    case "last_month": {
      const to = addDays(firstOfMonth, -1);
      return { from: `${to.slice(0, 8)}01`, to };
    }
  }
}

/** What the address asks for: a preset by name, or two days that make a period. */
export function rangeOf(
  values: { readonly range?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined },
  today: string,
): { readonly name: RangeName; readonly period: Period } {
  const { from, to } = values;
  const isPeriod = isDay(from) && isDay(to) && from <= to && addDays(from, longestPeriodDays) > to;
  if (isPeriod) return { name: "custom", period: { from, to } };
  const preset = presets.find((name) => name === values.range) ?? defaultRange;
  return { name: preset, period: periodOfPreset(preset, today) };
}

function isDay(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
