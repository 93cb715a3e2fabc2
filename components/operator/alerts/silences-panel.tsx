"use client";

import { Button, Skeleton } from "antd";
import { useTranslations } from "next-intl";
import { Empty } from "../../merchant/pieces/empty.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type AlertSilence, useAlertActions, useAlertRules, useAlertSilences } from "../api/alerts.ts";
import { useConsole } from "../session.tsx";
import styles from "./alerts.module.css";
import { useRuleName } from "./words.ts";

export function SilencesPanel() {
  const t = useTranslations("console.alerts.silence");
  const { data, error, refetch } = useAlertSilences();
  if (error && !data) return <ProblemAlert error={error} onRetry={refetch} />;
  if (!data) return <Skeleton active />;
  return (
    <Panel isFlush>
      {data.data.length === 0 ? (
        <Empty title={t("none")} />
      ) : (
        <ul className={styles.plain}>
          {data.data.map((silence) => (
            <SilenceRow key={silence.id} silence={silence} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function SilenceRow({ silence }: { silence: AlertSilence }) {
  const t = useTranslations("console.alerts.silence");
  const { may } = useConsole();
  const nameOf = useRuleName();
  const rule = useAlertRules().data?.data.find(({ id }) => id === silence.rule);
  const { endSilence } = useAlertActions();
  const end = silence.ended_at ?? silence.until;
  const isOver = silence.ended_at !== null || Date.parse(silence.until) <= Date.now();
  return (
    <li>
      <div>
        <p className={styles.alertName}>
          <strong>{rule ? nameOf(rule) : silence.rule}</strong>
        </p>
        <p className={styles.soft}>
          {silence.reason} · {silence.created_by} · {t(isOver ? "over" : "until")} <Moment at={end} isExact />
        </p>
      </div>
      {may("alerts:write") && !isOver && (
        <Button loading={endSilence.isPending} onClick={() => endSilence.mutate(silence.id)}>
          {t("end")}
        </Button>
      )}
    </li>
  );
}
