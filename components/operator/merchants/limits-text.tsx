"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "../../merchant/format.ts";
import type { MerchantLimits } from "../api/merchants.ts";
import styles from "./merchants.module.css";

/** Limits as lines: what for, and how much. */
export function LimitsText({ limits }: { limits: MerchantLimits }) {
  const t = useTranslations("console.merchants.limits");
  const method = useTranslations("dashboard.methods");
  const locale = useLocale();
  const lines = Object.entries(limits).flatMap(([currency, { methods = {}, ...spans }]) => [
    ...(["order", "day", "month"] as const).flatMap((span) => {
      const minor = spans[span];
      return minor === undefined ? [] : [{ key: `${currency} ${span}`, name: t(span), minor, currency }];
    }),
    ...Object.entries(methods).map(([name, minor]) => {
      const key = name as Parameters<typeof method.has>[0];
      return { key: `${currency} ${name}`, name: method.has(key) ? method(key) : name, minor, currency };
    }),
  ]);
  if (lines.length === 0) return t("none");
  return (
    <ul className={styles.lines}>
      {lines.map((line) => (
        <li key={line.key}>
          <span>{line.name}</span> {formatMoney(locale, line.minor, line.currency)} {line.currency}
        </li>
      ))}
    </ul>
  );
}
