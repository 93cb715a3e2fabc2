"use client";

import { useLocale, useTranslations } from "next-intl";
import type { Alert, AlertRule } from "../api/alerts.ts";

type Unit = AlertRule["unit"];

/** Values of a metric as people say them. */
export function useValueText(): (value: number, unit: Unit) => string {
  const locale = useLocale();
  return (value, unit) => {
    const options: Record<Unit, Intl.NumberFormatOptions> = {
      share: { style: "percent", maximumFractionDigits: 1 },
      ms: { style: "unit", unit: "millisecond", maximumFractionDigits: 0 },
      seconds: { style: "unit", unit: "second", maximumFractionDigits: 0 },
      count: { maximumFractionDigits: 0 },
      days: { style: "unit", unit: "day", unitDisplay: "long", maximumFractionDigits: 0 },
    };
    return new Intl.NumberFormat(locale, options[unit]).format(value);
  };
}

/** What a rule is called: its own name, or what it watches. */
export function useRuleName(): (rule: Pick<AlertRule, "name" | "metric">) => string {
  const t = useTranslations("console.alerts.metrics");
  return ({ name, metric }) => name || t(metric);
}

export function useAlertName(): (alert: Alert) => string {
  const t = useTranslations("console.alerts");
  const nameOf = useRuleName();
  return ({ rule_name: name, metric, subject }) => {
    const what = nameOf({ name, metric });
    if (!subject) return what;
    const { name: account, merchant } = subject;
    // The platform's own accounts are no merchant's.
    return `${what} · ${merchant ? t("channelAccount", { name: account, merchant }) : account}`;
  };
}

/** A share is typed in percent; everything else in its own unit. */
export const shownThreshold = (value: number, unit: Unit) =>
  unit === "share" ? Number((value * 100).toFixed(4)) : value;
export const meantThreshold = (shown: number, unit: Unit) => (unit === "share" ? shown / 100 : shown);
