"use client";

import { DeleteOutlined, ImportOutlined, PlusOutlined } from "@ant-design/icons";
import { App, Button, type TableColumnsType } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type ListEntry, type ListPlace, useListActions, useListEntries } from "../api/lists.ts";
import { ApiProblem } from "../api/problem.ts";
import { DataList } from "../pieces/data-list.tsx";
import { Empty } from "../pieces/empty.tsx";
import { Hidden } from "../pieces/hidden.tsx";
import { Moment } from "../pieces/moment.tsx";
import { NothingFound } from "../pieces/nothing-found.tsx";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { useUrlFilter } from "../pieces/use-url-filter.ts";
import { ActionTag } from "./action-tag.tsx";
import { EntryModal } from "./entry-modal.tsx";
import { ImportModal } from "./import-modal.tsx";
import { actionsOf, kindsOf, ListFilters, listFilterNames } from "./list-filters.tsx";
import styles from "./lists.module.css";

const pageSize = 25;

/** A block and allow list, the merchant's own or the platform's. */
export function ListsView(props: { place: ListPlace; mayWrite: boolean; whose: "merchant" | "platform" }) {
  const { place, mayWrite, whose } = props;
  const t = useTranslations("dashboard.blocklists");
  const filter = useUrlFilter(listFilterNames);
  const { values } = filter;
  const kind = kindsOf(values.kind);
  const result = useListEntries(place, {
    action: actionsOf(values.action),
    kind,
    value: kind && values.value,
    limit: pageSize,
    starting_after: filter.after,
  });
  const [open, setOpen] = useState<"add" | "import">();
  const close = () => setOpen(undefined);
  const columns = useColumns(place, mayWrite);
  return (
    <>
      <PageHead
        title={t(`${whose}.title`)}
        note={t(`${whose}.note`)}
        action={
          mayWrite && (
            <>
              <Button icon={<ImportOutlined aria-hidden />} onClick={() => setOpen("import")}>
                {t("import.open")}
              </Button>
              <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setOpen("add")}>
                {t("add.open")}
              </Button>
            </>
          )
        }
      />
      <ListFilters filter={filter} />
      <Panel isFlush>
        <DataList<ListEntry>
          label={t(`${whose}.title`)}
          result={result}
          columns={columns}
          card={(entry) => <EntryCard entry={entry} place={place} mayWrite={mayWrite} />}
          paging={filter}
          empty={
            filter.isFiltered ? (
              <NothingFound onClear={filter.clear} />
            ) : (
              <Empty title={t("none")}>
                <p>{t(`${whose}.rule`)}</p>
              </Empty>
            )
          }
        />
      </Panel>
      {open === "add" && <EntryModal place={place} whose={whose} onClose={close} />}
      {open === "import" && <ImportModal place={place} onClose={close} />}
    </>
  );
}

function useColumns(place: ListPlace, mayWrite: boolean): TableColumnsType<ListEntry> {
  const t = useTranslations("dashboard.blocklists");
  return [
    { title: t("columns.action"), key: "action", width: 120, render: (_, entry) => <ActionTag entry={entry} /> },
    { title: t("columns.kind"), key: "kind", width: 150, render: (_, entry) => t(`kinds.${entry.kind}`) },
    {
      title: t("columns.value"),
      key: "value",
      width: 260,
      ellipsis: true,
      render: (_, entry) => <span className={styles.hint}>{entry.hint}</span>,
    },
    { title: t("columns.reason"), key: "reason", ellipsis: true, render: (_, entry) => entry.reason },
    { title: t("columns.expires"), key: "expires", width: 190, render: (_, entry) => <Expiry entry={entry} /> },
    { title: t("columns.created"), key: "created", width: 150, render: (_, entry) => <Moment at={entry.created_at} /> },
    ...(mayWrite
      ? [
          {
            title: <Hidden>{t("columns.do")}</Hidden>,
            key: "do",
            width: 56,
            render: (_: unknown, entry: ListEntry) => <RemoveButton entry={entry} place={place} />,
          },
        ]
      : []),
  ];
}

function Expiry({ entry }: { entry: ListEntry }) {
  const t = useTranslations("dashboard.blocklists");
  if (!entry.expires_at) return t("never");
  return entry.is_expired ? t("ended") : <Moment at={entry.expires_at} isExact />;
}

function RemoveButton({ entry, place }: { entry: ListEntry; place: ListPlace }) {
  const t = useTranslations("dashboard.blocklists");
  const { modal, message } = App.useApp();
  const { remove } = useListActions(place);
  const ask = () =>
    modal.confirm({
      title: t("remove.title", { hint: entry.hint }),
      content: t(`remove.${entry.action}`),
      okText: t("remove.confirm"),
      cancelText: t("cancel"),
      okButtonProps: { danger: true },
      onOk: () =>
        remove.mutateAsync(entry.id).then(
          () => void message.success(t("remove.done")),
          (error: unknown) => void message.error(error instanceof ApiProblem ? error.message : t("remove.failed")),
        ),
    });
  return (
    <Button
      size="small"
      icon={<DeleteOutlined aria-hidden />}
      aria-label={t("remove.title", { hint: entry.hint })}
      onClick={ask}
    />
  );
}

function EntryCard({ entry, place, mayWrite }: { entry: ListEntry; place: ListPlace; mayWrite: boolean }) {
  const t = useTranslations("dashboard.blocklists");
  return (
    <div className={styles.card}>
      <span className={styles.cardHead}>
        <ActionTag entry={entry} /> {t(`kinds.${entry.kind}`)}
      </span>
      {mayWrite ? <RemoveButton entry={entry} place={place} /> : <span />}
      <strong className={styles.hint}>{entry.hint}</strong>
      <span className={styles.soft}>
        <Expiry entry={entry} />
      </span>
      <span className={styles.reason}>{entry.reason}</span>
    </div>
  );
}
