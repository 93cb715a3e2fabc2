"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "../../merchant/format.ts";
import { formatCount } from "../../merchant/overview/numbers.ts";
import { Panel } from "../../merchant/pieces/page-head.tsx";
import type { PlatformOverview } from "../api/overview.ts";
import styles from "./overview.module.css";

/** What was received, by currency: sums of different money are never added. */
export function CurrencyTable({ overview }: { overview: PlatformOverview }) {
  const t = useTranslations("console.overview.currencies");
  const locale = useLocale();
  if (overview.currencies.length === 0) return null;
  return (
    <Panel title={t("title")}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={t("title")}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("currency")}</th>
              <th scope="col">{t("gross")}</th>
              <th scope="col">{t("before")}</th>
              <th scope="col">{t("refunded")}</th>
              <th scope="col">{t("payments")}</th>
            </tr>
          </thead>
          <tbody>
            {overview.currencies.map((row) => {
              const money = (minor: string) => formatMoney(locale, BigInt(minor), row.currency);
              return (
                <tr key={row.currency}>
                  <th scope="row">{row.currency}</th>
                  <td>{money(row.gross)}</td>
                  <td>{money(row.previous_gross)}</td>
                  <td>{money(row.refunded)}</td>
                  <td>{formatCount(locale, row.payments)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </Panel>
  );
}
