"use client";

import { ClockCircleOutlined } from "@ant-design/icons";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { historyDays } from "#lib/demo/history-days";
import { formatShort } from "../format.ts";
import { useSession } from "../session.tsx";
import styles from "./shell.module.css";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const refreshMs = 5_000;

/** Says that test mode's clock is not the real one: numbers by the day would otherwise look wrong. */
export function ClockBanner() {
  const { aheadMs } = useSession();
  if (aheadMs === 0) return null;
  return aheadMs > 0 ? <Ahead aheadMs={aheadMs} /> : <Making aheadMs={aheadMs} />;
}

function Ahead({ aheadMs }: { aheadMs: number }) {
  const t = useTranslations("dashboard.testClock");
  const locale = useLocale();
  const { merchant, can } = useSession();
  const now = useMinute(aheadMs);
  const [unit, size] =
    aheadMs >= 2 * dayMs
      ? (["days", dayMs] as const)
      : aheadMs >= hourMs
        ? (["hours", hourMs] as const)
        : (["minutes", minuteMs] as const);
  const ahead = t(`ahead.${unit}`, { count: Math.round(aheadMs / size) });
  return (
    <div role="status" className={styles.clock}>
      <ClockCircleOutlined aria-hidden />
      <span suppressHydrationWarning>
        {t("banner", { now: formatShort(locale, now, merchant.timeZone), ahead })}{" "}
        {can("test:drive") && <Link href="/dashboard/sandbox">{t("bannerLink")}</Link>}
      </span>
    </div>
  );
}

/** A demo merchant whose clock still comes up from the past. */
function Making({ aheadMs }: { aheadMs: number }) {
  const t = useTranslations("dashboard.testClock");
  const locale = useLocale();
  const { merchant } = useSession();
  const router = useRouter();
  const now = useMinute(aheadMs);
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), refreshMs);
    return () => clearInterval(timer);
  }, [router]);
  const percent = Math.max(0, Math.min(99, Math.floor((1 + aheadMs / (historyDays * dayMs)) * 100)));
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: merchant.timeZone }).format(now);
  return (
    <div role="status" className={styles.clock}>
      <ClockCircleOutlined aria-hidden />
      <span suppressHydrationWarning>{t("making", { percent, day })}</span>
    </div>
  );
}

/**
 * The merchant's time, to the minute. The server's may be another minute, which is mended without a word: a placeholder
 * would move the link after it under the reader's pointer.
 */
function useMinute(aheadMs: number): Date {
  const [now, setNow] = useState(() => new Date(Date.now() + aheadMs));
  useEffect(() => {
    const tick = () => setNow(new Date(Date.now() + aheadMs));
    tick();
    const timer = setInterval(tick, minuteMs / 2);
    return () => clearInterval(timer);
  }, [aheadMs]);
  return now;
}
