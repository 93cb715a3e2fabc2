"use client";

import { useLocale, useTranslations } from "next-intl";
import { ChartPanel } from "../../charts/chart-panel.tsx";
import { LazyTrendChart } from "../../charts/lazy-trend-chart.tsx";
import { formatCount, formatShare, formatShortCount, growth } from "../../merchant/overview/numbers.ts";
import { useMedia } from "../../merchant/pieces/use-media.ts";
import { useZone } from "../../zone.tsx";
import type { PlatformOverview } from "../api/overview.ts";

/** Payments by the hour or by 24 hours, over the same time before. */
export function PaymentsTrend({ overview, hours }: { overview: PlatformOverview; hours: string }) {
  const t = useTranslations("console.overview.trend");
  const locale = useLocale();
  const { timeZone } = useZone();
  const isStill = useMedia("(prefers-reduced-motion: reduce)");
  const isHourly = hours === "24";
  const label = new Intl.DateTimeFormat(locale, {
    timeZone,
    ...(isHourly ? { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } : { month: "short", day: "numeric" }),
  });
  const full = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: "medium", timeStyle: "short" });
  const before = (at: Date) => new Date(at.getTime() - Number(hours) * 3_600_000);
  const by = growth(overview.payments, overview.previous_payments);
  const finding =
    by === undefined
      ? t("alone", { count: overview.payments })
      : t(by >= 0 ? "more" : "less", { count: overview.payments, size: formatShare(locale, Math.abs(by)) });
  const buckets = overview.trend.map((bucket) => ({ ...bucket, moment: new Date(bucket.at) }));
  return (
    <ChartPanel
      title={finding}
      note={t("note")}
      fileName={`platform-payments-${overview.from.slice(0, 10)}`}
      table={{
        head: [t("time"), t("payments"), t("before"), t("succeeded"), t("failed")],
        rows: buckets.map((bucket) => ({
          key: bucket.at,
          cells: [
            { text: full.format(bucket.moment), value: bucket.at },
            { text: formatCount(locale, bucket.payments), value: bucket.payments },
            { text: formatCount(locale, bucket.previous_payments), value: bucket.previous_payments },
            { text: formatCount(locale, bucket.attempts_succeeded), value: bucket.attempts_succeeded },
            { text: formatCount(locale, bucket.attempts_failed), value: bucket.attempts_failed },
          ],
        })),
      }}
    >
      <LazyTrendChart
        points={buckets.map((bucket) => ({
          label: label.format(bucket.moment),
          title: full.format(bucket.moment),
          value: bucket.payments,
          previousTitle: full.format(before(bucket.moment)),
          previous: bucket.previous_payments,
        }))}
        format={(value) => formatCount(locale, value)}
        formatTick={(value) => formatShortCount(locale, value)}
        none={t("none")}
        isStill={isStill}
        hasPrevious
      />
    </ChartPanel>
  );
}
