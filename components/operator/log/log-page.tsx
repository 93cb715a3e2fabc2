"use client";

import { Button, Drawer, type TableColumnsType } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Copyable } from "../../merchant/pieces/copy-button.tsx";
import { DataList } from "../../merchant/pieces/data-list.tsx";
import { Empty } from "../../merchant/pieces/empty.tsx";
import { Facts } from "../../merchant/pieces/facts.tsx";
import { Hidden } from "../../merchant/pieces/hidden.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { NothingFound } from "../../merchant/pieces/nothing-found.tsx";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import { momentsOf, PeriodFilter } from "../../merchant/pieces/period-filter.tsx";
import { RawData } from "../../merchant/pieces/raw-data.tsx";
import { useUrlFilter } from "../../merchant/pieces/use-url-filter.ts";
import { useZone } from "../../zone.tsx";
import { type LogEntry, useOperatorLog } from "../api/log.ts";
import styles from "./log.module.css";

const pageSize = 25;

/** What operators did, the newest first. */
export function LogPage() {
  const t = useTranslations("console.log");
  const filter = useUrlFilter(["operator", "merchant", "object", "from", "to"] as const);
  const { timeZone } = useZone();
  const [open, setOpen] = useState<LogEntry>();
  const { operator, merchant, object } = filter.values;
  const { from, to } = momentsOf(filter.values, timeZone);
  const wanted = { operator, merchant, object, created_from: from, created_to: to };
  const result = useOperatorLog({ ...wanted, limit: pageSize, starting_after: filter.after });
  const verbText = useVerbText();
  const columns: TableColumnsType<LogEntry> = [
    { title: t("when"), key: "when", width: 150, render: (_, entry) => <Moment at={entry.created_at} /> },
    {
      title: t("who"),
      key: "who",
      width: 180,
      render: (_, entry) => (
        <Button type="link" size="small" onClick={() => filter.set({ operator: entry.operator.id })}>
          {entry.operator.name}
        </Button>
      ),
    },
    { title: t("what"), key: "what", render: (_, entry) => verbText(entry.verb) },
    {
      title: t("merchant"),
      key: "merchant",
      render: (_, { merchant: about }) =>
        about && (
          <Button type="link" size="small" onClick={() => filter.set({ merchant: about.id })}>
            {about.name}
          </Button>
        ),
    },
    { title: t("object"), key: "object", ellipsis: true, render: (_, entry) => <code>{entry.object_id}</code> },
    {
      title: <Hidden>{t("details")}</Hidden>,
      key: "details",
      width: 100,
      align: "right",
      render: (_, entry) => (
        <Button size="small" onClick={() => setOpen(entry)}>
          {t("details")}
        </Button>
      ),
    },
  ];
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <div className={styles.filters}>
        <PeriodFilter label={t("when")} filter={filter} />
        {filter.isFiltered && <Button onClick={filter.clear}>{t("clear")}</Button>}
      </div>
      <Panel isFlush>
        <DataList<LogEntry>
          label={t("title")}
          result={result}
          columns={columns}
          card={(entry) => (
            <span className={styles.card}>
              <strong>{verbText(entry.verb)}</strong>
              <Moment at={entry.created_at} />
              <span>
                {entry.operator.name} {entry.merchant && `· ${entry.merchant.name}`}
              </span>
              <Button size="small" onClick={() => setOpen(entry)}>
                {t("details")}
              </Button>
            </span>
          )}
          paging={filter}
          empty={filter.isFiltered ? <NothingFound onClear={filter.clear} /> : <Empty title={t("none")} />}
        />
      </Panel>
      <EntryDrawer entry={open} onClose={() => setOpen(undefined)} />
    </>
  );
}

function useVerbText(): (verb: string) => string {
  const t = useTranslations("console.verbs");
  return (verb) => {
    const key = verb.replaceAll(".", "_") as Parameters<typeof t.has>[0];
    return t.has(key) ? t(key) : verb;
  };
}

function EntryDrawer({ entry, onClose }: { entry: LogEntry | undefined; onClose: () => void }) {
  const t = useTranslations("console.log");
  const verbText = useVerbText();
  return (
    <Drawer open={entry !== undefined} onClose={onClose} title={entry && verbText(entry.verb)} size={520}>
      {entry && (
        <>
          <Facts
            facts={[
              [t("when"), <Moment key="when" at={entry.created_at} isExact />],
              [t("who"), entry.operator.name],
              [t("merchant"), entry.merchant?.name],
              [t("object"), <Copyable key="object" text={entry.object_id} what={t("object")} />],
              [t("ip"), entry.ip],
              [t("userAgent"), entry.user_agent],
              [t("requestId"), <Copyable key="request" text={entry.request_id} what={t("requestId")} />],
            ]}
          />
          <RawData data={entry} />
        </>
      )}
    </Drawer>
  );
}
