"use client";

import { BellOutlined, CheckCircleOutlined, WarningOutlined } from "@ant-design/icons";
import { Button, Skeleton } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type Alert, useAlerts } from "../api/alerts.ts";
import { useConsole } from "../session.tsx";
import styles from "./alerts.module.css";
import { SilenceModal } from "./silence-modal.tsx";
import { useAlertName, useValueText } from "./words.ts";

const mostShown = 100;

export function FiringPanel() {
  const t = useTranslations("console.alerts");
  const { data, error, refetch } = useAlerts({ status: "firing", limit: mostShown });
  const [silencing, setSilencing] = useState<Alert>();
  if (error && !data) return <ProblemAlert error={error} onRetry={refetch} />;
  if (!data) return <Skeleton active paragraph={{ rows: 2 }} />;
  return (
    <Panel title={t("firing.title", { count: data.data.length })}>
      {data.data.length === 0 ? (
        <p className={styles.fine}>
          <CheckCircleOutlined aria-hidden /> {t("firing.none")}
        </p>
      ) : (
        <ul className={styles.firing}>
          {data.data.map((alert) => (
            <FiringRow key={alert.id} alert={alert} onSilence={() => setSilencing(alert)} />
          ))}
        </ul>
      )}
      {silencing && <SilenceModal alert={silencing} onClose={() => setSilencing(undefined)} />}
    </Panel>
  );
}

function FiringRow({ alert, onSilence }: { alert: Alert; onSilence: () => void }) {
  const t = useTranslations("console.alerts");
  const { may } = useConsole();
  const nameOf = useAlertName();
  const textOf = useValueText();
  const side = t(`side.${isBelow(alert) ? "below" : "above"}`);
  return (
    <li data-severity={alert.severity}>
      <WarningOutlined aria-hidden />
      <div>
        <p className={styles.alertName}>
          <strong>{nameOf(alert)}</strong> <span className={styles.severity}>{t(`severities.${alert.severity}`)}</span>
        </p>
        <p className={styles.soft}>
          {t("firing.value", {
            value: textOf(alert.value, alert.unit),
            worst: textOf(alert.worst, alert.unit),
            side,
            threshold: textOf(alert.threshold, alert.unit),
          })}
          {" · "}
          {t("firing.since")} <Moment at={alert.opened_at} />
          {alert.silenced_until && (
            <>
              {" · "}
              {t("firing.silenced")} <Moment at={alert.silenced_until} isExact />
            </>
          )}
        </p>
      </div>
      {may("alerts:write") && !alert.silenced_until && (
        <Button icon={<BellOutlined aria-hidden />} onClick={onSilence}>
          {t("silence.open")}
        </Button>
      )}
    </li>
  );
}

/** The worst value lies on the bad side of the threshold. */
const isBelow = ({ worst, threshold }: Alert) => worst < threshold;
