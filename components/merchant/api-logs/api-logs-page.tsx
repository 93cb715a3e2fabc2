"use client";

import { Button, Input, Select, type TableColumnsType, Tag } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type RequestLog, useRequestLogs } from "../api/request-logs.ts";
import { DataList } from "../pieces/data-list.tsx";
import { Empty } from "../pieces/empty.tsx";
import { Moment } from "../pieces/moment.tsx";
import { NothingFound } from "../pieces/nothing-found.tsx";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { momentsOf, PeriodFilter } from "../pieces/period-filter.tsx";
import pieces from "../pieces/pieces.module.css";
import { useUrlFilter } from "../pieces/use-url-filter.ts";
import { useSession } from "../session.tsx";
import styles from "./api-logs.module.css";
import { HttpStatus } from "./http-status.tsx";

const pageSize = 25;
const names = ["outcome", "method", "request", "key", "from", "to"] as const;
const outcomes = ["succeeded", "failed"] as const;
const methods = ["GET", "POST", "PATCH", "DELETE"] as const;

const pageOf = (log: RequestLog) => `/dashboard/api-logs/${log.id}`;

export function ApiLogsPage() {
  const t = useTranslations("dashboard.apiLogs");
  const { timeZone } = useSession().merchant;
  const filter = useUrlFilter(names);
  const { from, to } = momentsOf(filter.values, timeZone);
  const result = useRequestLogs({
    limit: pageSize,
    starting_after: filter.after,
    outcome: outcomes.find((one) => one === filter.values.outcome),
    method: methods.find((one) => one === filter.values.method),
    request_id: filter.values.request,
    actor: filter.values.key,
    created_from: from,
    created_to: to,
  });
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <LogFilters filter={filter} />
      <Panel isFlush>
        <DataList<RequestLog>
          label={t("title")}
          result={result}
          columns={useColumns()}
          card={(log) => <LogCard log={log} />}
          hrefOf={pageOf}
          paging={filter}
          empty={
            filter.isFiltered ? (
              <NothingFound onClear={filter.clear} />
            ) : (
              <Empty title={t("none")}>
                <p>{t("noneHelp")}</p>
              </Empty>
            )
          }
        />
      </Panel>
    </>
  );
}

type Filter = ReturnType<typeof useUrlFilter<(typeof names)[number]>>;

function LogFilters({ filter }: { filter: Filter }) {
  const t = useTranslations("dashboard.apiLogs");
  const { outcome, method, request, key } = filter.values;
  return (
    <search className={pieces.filters}>
      <Input.Search
        key={request}
        className={pieces.search}
        aria-label={t("facts.requestId")}
        placeholder={t("facts.requestId")}
        defaultValue={request}
        allowClear
        onSearch={(text) => filter.set({ request: text.trim() || undefined })}
      />
      <Select
        className={pieces.choice}
        aria-label={t("outcome")}
        placeholder={t("outcome")}
        allowClear
        value={outcome}
        options={outcomes.map((value) => ({ value, label: t(`outcomes.${value}`) }))}
        onChange={(value?: string) => filter.set({ outcome: value })}
      />
      <Select
        className={pieces.choice}
        aria-label={t("method")}
        placeholder={t("method")}
        allowClear
        value={method}
        options={methods.map((value) => ({ value, label: value }))}
        onChange={(value?: string) => filter.set({ method: value })}
      />
      <PeriodFilter label={t("columns.when")} filter={filter} />
      {key && (
        <Tag closable onClose={() => filter.set({ key: undefined })}>
          {t("by", { id: key })}
        </Tag>
      )}
      {filter.isFiltered && (
        <Button type="link" onClick={filter.clear}>
          {t("clear")}
        </Button>
      )}
    </search>
  );
}

function useColumns(): TableColumnsType<RequestLog> {
  const t = useTranslations("dashboard.apiLogs.columns");
  return [
    { title: t("status"), key: "status", width: 130, render: (_, log) => <HttpStatus status={log.status} /> },
    {
      title: t("request"),
      key: "request",
      ellipsis: true,
      render: (_, log) => (
        <Link href={pageOf(log)} prefetch={false} title={log.path}>
          <strong className={styles.method}>{log.method}</strong> {log.path}
        </Link>
      ),
    },
    { title: t("error"), key: "error", width: 240, ellipsis: true, render: (_, log) => log.error_code },
    {
      title: t("duration"),
      key: "duration",
      width: 110,
      align: "right",
      render: (_, log) => <span className={styles.number}>{log.duration_ms} ms</span>,
    },
    { title: t("when"), key: "when", width: 170, render: (_, log) => <Moment at={log.created_at} /> },
  ];
}

function LogCard({ log }: { log: RequestLog }) {
  return (
    <span className={styles.card}>
      <span className={styles.path}>
        <strong className={styles.method}>{log.method}</strong> {log.path}
      </span>
      <HttpStatus status={log.status} />
      <span className={styles.faint}>{log.error_code}</span>
      <span className={styles.faint}>
        <Moment at={log.created_at} />
      </span>
    </span>
  );
}
