"use client";

import { Tooltip } from "antd";
import { useLocale } from "next-intl";
import { useSyncExternalStore } from "react";
import { useZone } from "../../zone.tsx";
import { formatExact, formatRelative } from "../format.ts";
import styles from "./pieces.module.css";

const tickMs = 30_000;

function subscribe(onTick: () => void): () => void {
  const timer = setInterval(onTick, tickMs);
  return () => clearInterval(timer);
}

const currentTick = () => Math.floor(Date.now() / tickMs) * tickMs;

/** A time as people say it; the exact one in the merchant's zone on hover or focus, or beside it when asked. */
export function Moment({ at, isExact = false }: { at: string; isExact?: boolean }) {
  const locale = useLocale();
  const { timeZone, aheadMs } = useZone();
  const nowMs = useSyncExternalStore(subscribe, currentTick, currentTick) + aheadMs;
  const date = new Date(at);
  const exact = formatExact(locale, date, timeZone);
  if (isExact) return <time dateTime={at}>{exact}</time>;
  return (
    <Tooltip title={`${exact} · ${timeZone}`}>
      <time dateTime={at} className={styles.moment}>
        {formatRelative(locale, date, Math.max(nowMs, date.getTime()), timeZone)}
      </time>
    </Tooltip>
  );
}
