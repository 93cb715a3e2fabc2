"use client";

import { Button } from "antd";
import { useTranslations } from "next-intl";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type OperatorWindow, useChannelActions, useMaintenanceWindows } from "../api/channels.ts";
import { useConsole } from "../session.tsx";
import styles from "./channels.module.css";

/** What is closed now or will be; what is over is left to the operators' log. */
export function WindowsPanel() {
  const t = useTranslations("console.channels.windows");
  const { data, error, refetch } = useMaintenanceWindows();
  if (error && !data) return <ProblemAlert error={error} onRetry={refetch} />;
  const open = data?.data.filter((window) => !window.is_over) ?? [];
  if (open.length === 0) return null;
  return (
    <div className={styles.windows}>
      <Panel title={t("title")}>
        <ul className={styles.list}>
          {open.map((window) => (
            <WindowRow key={window.id} window={window} />
          ))}
        </ul>
      </Panel>
    </div>
  );
}

function WindowRow({ window }: { window: OperatorWindow }) {
  const t = useTranslations("console.channels.windows");
  const { may } = useConsole();
  const { cancel } = useChannelActions();
  return (
    <li>
      <div>
        <strong>
          {window.channel_name}
          {window.account_label && ` · ${window.account_label}`}
        </strong>{" "}
        {t(window.is_under_way ? "now" : "soon")}
        <p className={styles.soft}>
          <Moment at={window.starts_at} isExact /> – <Moment at={window.ends_at} isExact /> · {window.reason} ·{" "}
          {window.created_by}
        </p>
      </div>
      {may("channels:write") && (
        <Button loading={cancel.isPending} onClick={() => cancel.mutate(window.id)}>
          {t(window.is_under_way ? "end" : "cancel")}
        </Button>
      )}
    </li>
  );
}
