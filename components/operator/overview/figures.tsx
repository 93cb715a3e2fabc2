"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatCount, formatShare, growth, pointsBetween } from "../../merchant/overview/numbers.ts";
import type { PlatformOverview } from "../api/overview.ts";
import styles from "./overview.module.css";

/** Of the attempts that came to an end, those that paid. */
export function successShare(succeeded: number, failed: number): number | undefined {
  return succeeded + failed === 0 ? undefined : succeeded / (succeeded + failed);
}

/** The numbers that an operator looks at first; each beside the same time before. */
export function PlatformFigures({ overview }: { overview: PlatformOverview }) {
  const t = useTranslations("console.overview.figures");
  const locale = useLocale();
  const share = successShare(overview.attempts_succeeded, overview.attempts_failed);
  const shareBefore = successShare(overview.previous_attempts_succeeded, overview.previous_attempts_failed);
  const grown = (now: number, before: number) => {
    const by = growth(now, before);
    if (by === undefined) return undefined;
    return t(by >= 0 ? "up" : "down", { size: formatShare(locale, Math.abs(by)) });
  };
  const points =
    share !== undefined && shareBefore !== undefined
      ? t(share >= shareBefore ? "pointsUp" : "pointsDown", {
          points: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(
            Math.abs(pointsBetween(share, shareBefore)),
          ),
        })
      : undefined;
  const figures = [
    ["payments", formatCount(locale, overview.payments), grown(overview.payments, overview.previous_payments)],
    ["orders", formatCount(locale, overview.orders), grown(overview.orders, overview.previous_orders)],
    ["successRate", share === undefined ? "–" : formatShare(locale, share), points],
    ["merchants", formatCount(locale, overview.merchants), undefined],
  ] as const;
  return (
    <dl className={styles.figures}>
      {figures.map(([name, value, change]) => (
        <div key={name} className={styles.figure}>
          <dt>{t(name)}</dt>
          <dd>{value}</dd>
          <dd className={styles.change}>{change ?? t(`${name}Help`)}</dd>
        </div>
      ))}
    </dl>
  );
}
