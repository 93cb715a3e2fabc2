"use client";

import { Segmented, Skeleton } from "antd";
import { useTranslations } from "next-intl";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { useUrlFilter } from "../../merchant/pieces/use-url-filter.ts";
import { usePlatformOverview } from "../api/overview.ts";
import { ModeSwitch, useMode } from "../pieces/mode-switch.tsx";
import { useConsole } from "../session.tsx";
import { HealthGrid } from "../wall/health-grid.tsx";
import { LiveStream } from "../wall/live-stream.tsx";
import { CurrencyTable } from "./currency-table.tsx";
import { PlatformFigures } from "./figures.tsx";
import styles from "./overview.module.css";
import { PaymentsTrend } from "./payments-trend.tsx";

const periods = ["24", "168", "720"] as const;
const shownMinutes = 60;

/** How the platform does: numbers and trend of all merchants, the channels, and what is being paid right now. */
export function ConsoleOverviewPage() {
  const t = useTranslations("console.overview");
  const { may } = useConsole();
  const filter = useUrlFilter(["mode", "hours"] as const);
  const mode = useMode(filter.values.mode);
  const hours = periods.find((value) => value === filter.values.hours) ?? "24";
  const { data, error, refetch } = usePlatformOverview(mode, hours);
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("note")}
        action={
          <>
            <ModeSwitch mode={mode} onChange={(value) => filter.set({ mode: value })} />
            <Segmented
              aria-label={t("period")}
              value={hours}
              options={periods.map((value) => ({ value, label: t(`periods.h${value}`) }))}
              onChange={(value) => filter.set({ hours: value === "24" ? undefined : value })}
            />
          </>
        }
      />
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data ? (
        <div className={styles.page}>
          <PlatformFigures overview={data} />
          <PaymentsTrend overview={data} hours={hours} />
          <CurrencyTable overview={data} />
        </div>
      ) : (
        !error && <Skeleton active paragraph={{ rows: 8 }} />
      )}
      <Panel title={t("channels", { minutes: shownMinutes })}>
        <HealthGrid mode={mode} minutes={shownMinutes} />
      </Panel>
      {may("orders:read") && (
        <Panel title={t("stream")} isFlush>
          <LiveStream mode={mode} />
        </Panel>
      )}
    </>
  );
}
