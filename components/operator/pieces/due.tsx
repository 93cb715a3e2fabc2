"use client";

import { ClockCircleOutlined, WarningOutlined } from "@ant-design/icons";
import { Tooltip } from "antd";
import { useLocale, useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { formatExact } from "../../merchant/format.ts";
import tags from "../../merchant/pieces/pieces.module.css";
import { useZone } from "../../zone.tsx";

const tickMs = 30_000;
const minuteMs = 60_000;
const soonMs = 30 * minuteMs;

function subscribe(onTick: () => void): () => void {
  const timer = setInterval(onTick, tickMs);
  return () => clearInterval(timer);
}

const currentTick = () => Math.floor(Date.now() / tickMs) * tickMs;

/** How long there is still, or by how much it is late; the exact time on hover. */
export function Due({ at }: { at: string }) {
  const t = useTranslations("console.queue");
  const locale = useLocale();
  const { timeZone } = useZone();
  const nowMs = useSyncExternalStore(subscribe, currentTick, currentTick);
  const leftMs = Date.parse(at) - nowMs;
  const tone = leftMs < 0 ? "failure" : leftMs < soonMs ? "attention" : "quiet";
  const span = spanOf(Math.abs(leftMs));
  const Icon = leftMs < 0 ? WarningOutlined : ClockCircleOutlined;
  return (
    <Tooltip title={`${formatExact(locale, new Date(at), timeZone)} · ${timeZone}`}>
      <time dateTime={at} className={`${tags.tag} ${tags[tone]}`}>
        <Icon aria-hidden /> {t(leftMs < 0 ? "overdue" : "left", { span: t(span.unit, { count: span.count }) })}
      </time>
    </Tooltip>
  );
}

function spanOf(ms: number): { readonly unit: "minutes" | "hours" | "days"; readonly count: number } {
  const minutes = Math.max(1, Math.round(ms / minuteMs));
  if (minutes < 90) return { unit: "minutes", count: minutes };
  const hours = Math.round(minutes / 60);
  return hours < 48 ? { unit: "hours", count: hours } : { unit: "days", count: Math.round(hours / 24) };
}
