"use client";

import { Progress } from "antd";
import { useLocale, useTranslations } from "next-intl";
import { type Export, isUnderWay } from "../api/exports.ts";
import styles from "./exports.module.css";

/** How far an export has come, or how it ended, in a sentence. */
export function useExportSentence(): (of: Export) => string {
  const t = useTranslations("dashboard.exports");
  const locale = useLocale();
  const number = (value: number) => new Intl.NumberFormat(locale).format(value);
  return (of) => {
    switch (of.status) {
      case "pending":
        return t("preparing");
      case "processing":
        return of.rows_total === null
          ? t("preparing")
          : t("progress", { done: number(of.rows_done), total: number(of.rows_total) });
      case "succeeded":
        return t("ready", { rows: of.rows_done });
      case "failed":
        return t.has(`failures.${of.failure_code ?? ""}` as "failures.stalled")
          ? t(`failures.${of.failure_code}` as "failures.stalled")
          : t("failed");
      case "canceled":
        return t("stopped");
      case "expired":
        return t("expiredText");
    }
  };
}

export function ExportProgress({ of }: { of: Export }) {
  const t = useTranslations("dashboard.exports");
  const sentence = useExportSentence();
  const percent = of.rows_total ? Math.floor((100 * of.rows_done) / of.rows_total) : 0;
  return (
    <div className={styles.progress}>
      {isUnderWay(of) && (
        <Progress percent={percent} size="small" showInfo={false} aria-label={t("export")} status="active" />
      )}
      <p role="status">{sentence(of)}</p>
    </div>
  );
}
