"use client";

import { DownloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type AuditEntry, useAuditActions, useAuditLog } from "../api/audit.ts";
import { DataList } from "../pieces/data-list.tsx";
import { Empty } from "../pieces/empty.tsx";
import { NothingFound } from "../pieces/nothing-found.tsx";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { momentsOf } from "../pieces/period-filter.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useUrlFilter } from "../pieces/use-url-filter.ts";
import { useSession } from "../session.tsx";
import { ActivityCard, useActivityColumns } from "./activity-columns.tsx";
import { ActivityFilters, activityFilterNames } from "./activity-filters.tsx";
import { ChainPanel } from "./chain-panel.tsx";
import { EntryDrawer } from "./entry-drawer.tsx";

const pageSize = 25;

export function ActivityPage() {
  const t = useTranslations("dashboard.activity");
  const { timeZone } = useSession().merchant;
  const filter = useUrlFilter(activityFilterNames);
  const [open, setOpen] = useState<AuditEntry>();
  const { download } = useAuditActions();
  const { from, to } = momentsOf(filter.values, timeZone);
  const { actor, verb, object } = filter.values;
  const wanted = { actor, verb, object_id: object, created_from: from, created_to: to };
  const result = useAuditLog({ ...wanted, limit: pageSize, starting_after: filter.after });
  const pieces = {
    onOpen: setOpen,
    onActor: (id: string) => filter.set({ actor: id }),
  };
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("note")}
        action={
          <Button
            icon={<DownloadOutlined aria-hidden />}
            loading={download.isPending}
            onClick={() => download.mutate(wanted)}
          >
            {t("export")}
          </Button>
        }
      />
      {download.error && <ProblemAlert error={download.error} />}
      <ChainPanel />
      <ActivityFilters filter={filter} entries={result.data?.data ?? []} />
      <Panel isFlush>
        <DataList<AuditEntry>
          label={t("title")}
          result={result}
          columns={useActivityColumns(pieces)}
          card={(entry) => <ActivityCard entry={entry} {...pieces} />}
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
      <EntryDrawer entry={open} onClose={() => setOpen(undefined)} />
    </>
  );
}
