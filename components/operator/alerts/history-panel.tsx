"use client";

import type { TableColumnsType } from "antd";
import { useTranslations } from "next-intl";
import { DataList } from "../../merchant/pieces/data-list.tsx";
import { Empty } from "../../merchant/pieces/empty.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { Panel } from "../../merchant/pieces/page-head.tsx";
import { useUrlFilter } from "../../merchant/pieces/use-url-filter.ts";
import { type Alert, useAlerts } from "../api/alerts.ts";
import styles from "./alerts.module.css";
import { useAlertName, useValueText } from "./words.ts";

const pageSize = 25;

export function HistoryPanel() {
  const t = useTranslations("console.alerts");
  const filter = useUrlFilter([]);
  const nameOf = useAlertName();
  const textOf = useValueText();
  const result = useAlerts({ status: "resolved", limit: pageSize, starting_after: filter.after });
  const columns: TableColumnsType<Alert> = [
    { title: t("tabs.history"), key: "name", render: (_, alert) => <strong>{nameOf(alert)}</strong> },
    {
      title: t("rules.severity"),
      key: "severity",
      width: 120,
      render: (_, alert) => t(`severities.${alert.severity}`),
    },
    { title: t("rules.threshold"), key: "worst", width: 180, render: (_, alert) => textOf(alert.worst, alert.unit) },
    { title: t("firing.since"), key: "opened", width: 320, render: (_, alert) => <Span alert={alert} /> },
  ];
  return (
    <Panel isFlush>
      <DataList<Alert>
        label={t("tabs.history")}
        result={result}
        columns={columns}
        card={(alert) => (
          <div>
            <p className={styles.alertName}>
              <strong>{nameOf(alert)}</strong>
            </p>
            <p className={styles.soft}>
              {textOf(alert.worst, alert.unit)} · <Span alert={alert} />
            </p>
          </div>
        )}
        paging={filter}
        empty={<Empty title={t("history.none")} />}
      />
    </Panel>
  );
}

function Span({ alert }: { alert: Alert }) {
  return (
    <>
      <Moment at={alert.opened_at} isExact /> – {alert.resolved_at && <Moment at={alert.resolved_at} isExact />}
    </>
  );
}
