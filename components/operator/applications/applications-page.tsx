"use client";

import { Segmented, type TableColumnsType, Tag } from "antd";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { DataList } from "../../merchant/pieces/data-list.tsx";
import { Empty } from "../../merchant/pieces/empty.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import { useUrlFilter } from "../../merchant/pieces/use-url-filter.ts";
import { type QueuedApplication, useApplications } from "../api/merchants.ts";
import styles from "../merchants/merchants.module.css";
import { useConsole } from "../session.tsx";

const states = ["submitted", "information_asked", "approved", "rejected"] as const;
const hourMs = 3_600_000;
const tickMs = 60_000;

/** The queue of applications: the one that waits longest on top. */
export function ApplicationsPage() {
  const t = useTranslations("console.applications");
  const live = useTranslations("console.merchants.live");
  const { may } = useConsole();
  const filter = useUrlFilter(["status"] as const);
  const status = states.find((state) => state === filter.values.status) ?? "submitted";
  const result = useApplications(status);
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <div className={styles.filters}>
        <Segmented
          aria-label={t("columns.status")}
          value={status}
          options={states.map((value) => ({ value, label: live(value) }))}
          onChange={(value) => filter.set({ status: value === "submitted" ? undefined : value })}
        />
      </div>
      <Panel isFlush>
        <DataList<QueuedApplication>
          label={t("title")}
          result={result}
          columns={useColumns()}
          card={(one) => <ApplicationCard one={one} />}
          {...(may("merchants:write") && { hrefOf: ({ id }) => `/console/applications/${id}` })}
          empty={<Empty title={t(status === "submitted" ? "nothingWaits" : "nothing")} />}
        />
      </Panel>
    </>
  );
}

function subscribe(onTick: () => void): () => void {
  const timer = setInterval(onTick, tickMs);
  return () => clearInterval(timer);
}
const minuteNow = () => Math.floor(Date.now() / tickMs) * tickMs;

/** How long is left until an answer is due, or since when it is late. */
export function Due({ at }: { at: string | null }) {
  const t = useTranslations("console.applications");
  const nowMs = useSyncExternalStore(subscribe, minuteNow, minuteNow);
  if (!at) return "–";
  const hours = Math.round((Date.parse(at) - nowMs) / hourMs);
  const color = hours < 0 ? "error" : hours < 12 ? "warning" : "default";
  return <Tag color={color}>{hours < 0 ? t("late", { hours: -hours }) : t("left", { hours })}</Tag>;
}

function useColumns(): TableColumnsType<QueuedApplication> {
  const t = useTranslations("console.applications");
  return [
    {
      title: t("columns.merchant"),
      key: "merchant",
      render: (_, { name, country, id }) => (
        <span className={styles.name}>
          <strong>{name}</strong>
          <span>
            {country} · {id}
          </span>
        </span>
      ),
    },
    {
      title: t("columns.sent"),
      key: "sent",
      width: 170,
      render: (_, { submitted_at }) => submitted_at && <Moment at={submitted_at} />,
    },
    { title: t("columns.times"), key: "times", width: 120, align: "right", dataIndex: "submissions" },
    { title: t("columns.due"), key: "due", width: 170, render: (_, { due_at }) => <Due at={due_at} /> },
  ];
}

function ApplicationCard({ one }: { one: QueuedApplication }) {
  return (
    <span className={styles.card}>
      <strong>{one.name}</strong>
      <Due at={one.due_at} />
      <span className={styles.soft}>{one.country}</span>
      {one.submitted_at && <Moment at={one.submitted_at} />}
    </span>
  );
}
