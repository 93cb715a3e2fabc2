"use client";

import { Segmented } from "antd";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { ChartPanel, type ChartTable } from "#components/charts/chart-panel";
import { LazyTrendChart } from "#components/charts/lazy-trend-chart";
import type { Bucket, CurrencyOverview, Numbers, Overview } from "../api/overview.ts";
import { formatMoney, plainMoney } from "../format.ts";
import { useMedia } from "../pieces/use-media.ts";
import {
  formatBucket,
  formatCount,
  formatShare,
  formatShortCount,
  formatShortMoney,
  growth,
  pointsBetween,
} from "./numbers.ts";

const measures = ["gross", "payments", "success_rate"] as const;
type Measure = (typeof measures)[number];

/** How the chosen measure went, hour by hour or day by day, over the period before. */
export function Trend({ overview, mine }: { overview: Overview; mine: CurrencyOverview }) {
  const t = useTranslations("dashboard.overview.trend");
  const locale = useLocale();
  const [measure, setMeasure] = useState<Measure>("gross");
  const isStill = useMedia("(prefers-reduced-motion: reduce)");
  const { format, formatTick } = useFormats(measure, mine.currency);
  const finding = useFinding(measure, mine, format);
  const earlier = (index: number): Bucket | undefined => mine.previous_series[index];
  return (
    <ChartPanel
      title={finding}
      note={
        overview.previous
          ? t("note", { from: day(locale, overview.previous.from), to: day(locale, overview.previous.to) })
          : ""
      }
      fileName={`trend-${measure}-${mine.currency}-${overview.from}-${overview.to}`}
      table={useTable(measure, mine)}
      controls={
        <Segmented
          size="small"
          aria-label={t("measure")}
          value={measure}
          onChange={setMeasure}
          options={measures.map((value) => ({ value, label: t(`measures.${value}`) }))}
        />
      }
    >
      <LazyTrendChart
        points={mine.series.map((bucket, index) => ({
          label: formatBucket(locale, bucket.start, "short"),
          title: formatBucket(locale, bucket.start, "full"),
          value: bucket[measure],
          previousTitle: earlier(index) && formatBucket(locale, earlier(index)?.start ?? "", "full"),
          previous: earlier(index)?.[measure],
        }))}
        format={format}
        formatTick={formatTick}
        none={t("none")}
        isStill={isStill}
        hasPrevious={overview.previous !== null}
      />
    </ChartPanel>
  );
}

const day = (locale: string, text: string) => formatBucket(locale, text, "short");

function useFormats(measure: Measure, currency: string) {
  const locale = useLocale();
  switch (measure) {
    case "gross":
      return {
        format: (value: number) => formatMoney(locale, value, currency),
        formatTick: (value: number) => formatShortMoney(locale, value, currency),
      };
    case "payments":
      return {
        format: (value: number) => formatCount(locale, value),
        formatTick: (value: number) => formatShortCount(locale, value),
      };
    case "success_rate":
      return {
        format: (value: number) => formatShare(locale, value),
        formatTick: (value: number) => formatShare(locale, value),
      };
  }
}

/** What the chart shows, said in a sentence. */
function useFinding(measure: Measure, mine: CurrencyOverview, format: (value: number) => string): string {
  const t = useTranslations("dashboard.overview.trend.finding");
  const locale = useLocale();
  const value = mine.totals[measure];
  if (value === null || (measure !== "success_rate" && value === 0)) return t(`${measure}.nothing`);
  const text = { value: format(value) };
  const before = mine.previous_totals?.[measure] ?? undefined;
  if (measure === "success_rate") {
    if (before === undefined) return t("success_rate.alone", text);
    const points = pointsBetween(value, before);
    const size = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(Math.abs(points));
    return t(direction("success_rate", points / 100), { ...text, size });
  }
  const by = growth(value, before);
  if (by === undefined) return t(`${measure}.alone`, text);
  return t(direction(measure, by), { ...text, size: formatShare(locale, Math.abs(by)) });
}

function direction<M extends Measure>(measure: M, by: number): `${M}.more` | `${M}.less` | `${M}.same` {
  if (Math.abs(by) < 0.0005) return `${measure}.same`;
  return by > 0 ? `${measure}.more` : `${measure}.less`;
}

function useTable(measure: Measure, mine: CurrencyOverview): ChartTable {
  const t = useTranslations("dashboard.overview.trend");
  const locale = useLocale();
  const { format } = useFormats(measure, mine.currency);
  const cell = (numbers: Numbers | undefined) => {
    const value = numbers?.[measure] ?? null;
    if (value === null) return { text: "–", value: "" };
    return { text: format(value), value: measure === "gross" ? plainMoney(value, mine.currency) : value };
  };
  const hasPrevious = mine.previous_series.length > 0;
  const name = t(`measures.${measure}`);
  return {
    head: [
      t("time"),
      measure === "gross" ? `${name} (${mine.currency})` : name,
      ...(hasPrevious ? [t("previous")] : []),
    ],
    rows: mine.series.map((bucket, index) => ({
      key: bucket.start,
      cells: [
        { text: formatBucket(locale, bucket.start, "full"), value: bucket.start },
        cell(bucket),
        ...(hasPrevious ? [cell(mine.previous_series[index])] : []),
      ],
    })),
  };
}
