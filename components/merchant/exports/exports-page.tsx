"use client";

import type { TableColumnsType } from "antd";
import { useTranslations } from "next-intl";
import { type Export, isUnderWay, useExports } from "../api/exports.ts";
import { DataList } from "../pieces/data-list.tsx";
import { Empty } from "../pieces/empty.tsx";
import { Moment } from "../pieces/moment.tsx";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { StateTag } from "../pieces/state-tag.tsx";
import { useUrlFilter } from "../pieces/use-url-filter.ts";
import { useSession } from "../session.tsx";
import { ExportActions } from "./export-actions.tsx";
import { ExportProgress, useExportSentence } from "./export-progress.tsx";
import styles from "./exports.module.css";

const pageSize = 25;

export function ExportsPage() {
  const t = useTranslations("dashboard.exports");
  const filter = useUrlFilter([] as const);
  const result = useExports({ limit: pageSize, starting_after: filter.after });
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <Panel isFlush>
        <DataList<Export>
          label={t("title")}
          result={result}
          columns={useColumns()}
          card={(of) => <ExportCard of={of} />}
          paging={filter}
          empty={
            <Empty title={t("none")}>
              <p>{t("noneHelp")}</p>
            </Empty>
          }
        />
      </Panel>
    </>
  );
}

function useColumns(): TableColumnsType<Export> {
  const t = useTranslations("dashboard.exports");
  const sentence = useExportSentence();
  return [
    {
      title: t("list.list"),
      key: "list",
      render: (_, of) => (
        <>
          <strong>{t(`lists.${of.list}`)}</strong> <span className={styles.soft}>{t(`formats.${of.format}`)}</span>
        </>
      ),
    },
    { title: t("list.status"), key: "status", width: 160, render: (_, of) => <StateTag state={of.status} /> },
    {
      title: t("list.rows"),
      key: "rows",
      width: 320,
      render: (_, of) => (isUnderWay(of) ? <ExportProgress of={of} /> : sentence(of)),
    },
    { title: t("by"), key: "by", width: 140, render: (_, of) => <Requester of={of} /> },
    { title: t("list.created"), key: "created", width: 170, render: (_, of) => <Moment at={of.created_at} /> },
    { title: t("list.action"), key: "action", width: 160, render: (_, of) => <ExportActions of={of} /> },
  ];
}

/** A colleague's name is known to the activity log only; here it matters whether it was oneself. */
function Requester({ of }: { of: Export }) {
  const t = useTranslations("dashboard.exports");
  const { person } = useSession();
  if (of.requested_by.type === "api_key") return <>{t("byKey")}</>;
  return <>{of.requested_by.id === person.userId ? t("byYou") : t("byColleague")}</>;
}

function ExportCard({ of }: { of: Export }) {
  const t = useTranslations("dashboard.exports");
  return (
    <div className={styles.card}>
      <strong>
        {t(`lists.${of.list}`)} <span className={styles.soft}>{t(`formats.${of.format}`)}</span>
      </strong>
      <StateTag state={of.status} />
      <ExportProgress of={of} />
      <span className={styles.soft}>
        <Moment at={of.created_at} />
      </span>
      <ExportActions of={of} />
    </div>
  );
}
