"use client";

import { Segmented, Skeleton } from "antd";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import type { Overview } from "../api/overview.ts";
import { useOverview } from "../api/overview.ts";
import { dayOf } from "../format.ts";
import { Moment } from "../pieces/moment.tsx";
import { PageHead } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useUrlFilter } from "../pieces/use-url-filter.ts";
import { useSession } from "../session.tsx";
import { hrefOf, navigation } from "../shell/navigation.ts";
import { Figures } from "./figures.tsx";
import { FirstPayment } from "./first-payment.tsx";
import styles from "./overview.module.css";
import { RangePicker } from "./range-picker.tsx";
import { rangeOf } from "./ranges.ts";
import { Shares } from "./shares.tsx";
import { Trend } from "./trend.tsx";

/** The dashboard's front door: the overview, or the first page that the person may see. */
export function HomePage() {
  return useSession().can("analytics:read") ? <OverviewPage /> : <ToFirstPage />;
}

function ToFirstPage() {
  const router = useRouter();
  const { can } = useSession();
  const first = navigation.flatMap(({ entries }) => [...entries]).find((entry) => can(entry.permission));
  useEffect(() => {
    if (first) router.replace(hrefOf(first.key));
  }, [first, router]);
  return null;
}

function OverviewPage() {
  const t = useTranslations("dashboard.overview");
  const { merchant, now } = useSession();
  const { timeZone } = merchant;
  const filter = useUrlFilter(["range", "from", "to", "currency"] as const);
  const today = dayOf(now(), timeZone);
  const { name, period } = rangeOf(filter.values, today);
  const { data, error, isPlaceholderData, refetch } = useOverview({ ...period });
  const mine = data?.currencies.find(({ currency }) => currency === filter.values.currency) ?? data?.currencies[0];
  return (
    <>
      <PageHead
        title={t("title")}
        note={
          <>
            {t("zone", { zone: timeZone })} {data && <AsOf overview={data} />}
          </>
        }
        action={<RangePicker name={name} period={period} today={today} onChange={filter.set} />}
      />
      {error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error && <Waiting />}
      {data && !mine && <FirstPayment />}
      {data && mine && (
        <div className={styles.page} data-stale={isPlaceholderData || undefined}>
          {data.currencies.length > 1 && (
            <Segmented
              className={styles.currencies}
              aria-label={t("currency")}
              value={mine.currency}
              options={data.currencies.map(({ currency }) => currency)}
              onChange={(currency) => filter.set({ currency })}
            />
          )}
          <Figures overview={mine} />
          <Trend overview={data} mine={mine} />
          <div className={styles.halves}>
            <Shares kind="methods" overview={data} mine={mine} />
            <Shares kind="countries" overview={data} mine={mine} />
          </div>
        </div>
      )}
    </>
  );
}

const soonMs = 60_000;

/** Said only when it matters: numbers that are older than a minute. */
function AsOf({ overview }: { overview: Overview }) {
  const t = useTranslations("dashboard.overview");
  const { now } = useSession();
  if (now().getTime() - Date.parse(overview.as_of) < soonMs) return null;
  return t.rich("asOf", { moment: () => <Moment at={overview.as_of} /> });
}

/** As large as what will come. */
function Waiting() {
  return (
    <div className={styles.page} aria-busy="true">
      <div className={styles.figures}>
        {["gross", "payments", "success", "refunds", "pending", "available"].map((name) => (
          <div key={name} className={styles.figure}>
            <Skeleton.Node active styles={{ content: { width: "100%", height: 74 } }} />
          </div>
        ))}
      </div>
      <Skeleton.Node active styles={{ content: { width: "100%", height: 386 } }} />
    </div>
  );
}
