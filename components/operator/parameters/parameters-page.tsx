"use client";

import { Button, Skeleton, Tag } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type Parameter, useParameters } from "../api/parameters.ts";
import { useConsole } from "../session.tsx";
import { HistoryDrawer } from "./history-drawer.tsx";
import styles from "./parameters.module.css";
import { ProposeModal } from "./propose-modal.tsx";
import { ParameterValue } from "./value.tsx";
import { useParameterWords } from "./words.ts";

/** What can be set without a restart, by task; a change is proposed here and decided in the inbox. */
export function ParametersPage() {
  const t = useTranslations("console.parameters");
  const { data, error, refetch } = useParameters();
  const [open, setOpen] = useState<Parameter>();
  const [past, setPast] = useState<Parameter>();
  if (!data) return error ? <ProblemAlert error={error} onRetry={refetch} /> : <Skeleton active />;
  const groups = [...new Set(data.data.map(({ group }) => group))];
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      {groups.map((group) => (
        <GroupPanel
          key={group}
          group={group}
          entries={data.data.filter((entry) => entry.group === group)}
          onPropose={setOpen}
          onHistory={setPast}
        />
      ))}
      {open && <ProposeModal parameter={open} onClose={() => setOpen(undefined)} />}
      {past && <HistoryDrawer parameter={past} onClose={() => setPast(undefined)} />}
    </>
  );
}

interface GroupProps {
  readonly group: string;
  readonly entries: readonly Parameter[];
  onPropose(parameter: Parameter): void;
  onHistory(parameter: Parameter): void;
}

function GroupPanel({ group, entries, onPropose, onHistory }: GroupProps) {
  const t = useTranslations("console.parameters");
  const words = useParameterWords();
  const { may } = useConsole();
  return (
    <Panel title={words.group(group)}>
      <div className={styles.list}>
        {entries.map((entry) => (
          <article key={entry.id} className={styles.entry}>
            <div>
              <h3>
                {words.name(entry.id)}{" "}
                {JSON.stringify(entry.value) !== JSON.stringify(entry.initial) && <Tag>{t("changed")}</Tag>}
              </h3>
              <p>{words.help(entry.id)}</p>
            </div>
            <div>
              <ParameterValue value={entry.value} />
              {entry.updated_at && (
                <p>
                  {entry.updated_by} · <Moment at={entry.updated_at} />
                </p>
              )}
            </div>
            <span className={styles.buttons}>
              <Button aria-label={t("history.title", { name: words.name(entry.id) })} onClick={() => onHistory(entry)}>
                {t("history.open")}
              </Button>
              {may("parameters:write") && <Button onClick={() => onPropose(entry)}>{t("propose")}</Button>}
            </span>
          </article>
        ))}
      </div>
    </Panel>
  );
}
