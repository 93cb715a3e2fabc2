"use client";

import { EditOutlined } from "@ant-design/icons";
import { Button, Skeleton } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Empty } from "../../merchant/pieces/empty.tsx";
import { Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type AlertRule, useAlertRules, useAlertSamples } from "../api/alerts.ts";
import { useConsole } from "../session.tsx";
import styles from "./alerts.module.css";
import { RuleModal } from "./rule-modal.tsx";
import { Spark } from "./spark.tsx";
import { useRuleName, useValueText } from "./words.ts";

/** Every rule with its value of this moment against its threshold, and the day behind it. */
export function RulesPanel() {
  const t = useTranslations("console.alerts.rules");
  const { data, error, refetch } = useAlertRules();
  const [editing, setEditing] = useState<AlertRule>();
  if (error && !data) return <ProblemAlert error={error} onRetry={refetch} />;
  if (!data) return <Skeleton active />;
  return (
    <Panel isFlush>
      {data.data.length === 0 ? (
        <Empty title={t("none")} />
      ) : (
        <ul className={styles.rules}>
          {data.data.map((rule) => (
            <RuleRow key={rule.id} rule={rule} onEdit={() => setEditing(rule)} />
          ))}
        </ul>
      )}
      {editing && <RuleModal rule={editing} onClose={() => setEditing(undefined)} />}
    </Panel>
  );
}

function RuleRow({ rule, onEdit }: { rule: AlertRule; onEdit: () => void }) {
  const t = useTranslations("console.alerts");
  const { may } = useConsole();
  const name = useRuleName()(rule);
  const textOf = useValueText();
  const limit = t("rules.limit", { side: t(`side.${rule.is_bad}`), threshold: textOf(rule.threshold, rule.unit) });
  return (
    <li data-firing={rule.firing > 0 || undefined} data-off={!rule.is_on || undefined} data-rule={rule.metric}>
      <div>
        <p className={styles.alertName}>
          <strong>{name}</strong>{" "}
          {rule.is_on ? <span className={styles.severity}>{t(`severities.${rule.severity}`)}</span> : t("rules.off")}
        </p>
        <p className={styles.soft}>
          {limit}
          {rule.receivers.length === 0 && <> · {t("rules.nobody")}</>}
        </p>
      </div>
      <strong className={styles.now}>
        {rule.current ? t("rules.now", { value: textOf(rule.current.value, rule.unit) }) : t("rules.noValue")}
      </strong>
      <Chart rule={rule} name={name} />
      {may("alerts:write") ? (
        <Button icon={<EditOutlined aria-hidden />} aria-label={t("rules.editTitle", { name })} onClick={onEdit}>
          {t("rules.edit")}
        </Button>
      ) : (
        <span />
      )}
    </li>
  );
}

function Chart({ rule, name }: { rule: AlertRule; name: string }) {
  const t = useTranslations("console.alerts.rules");
  const textOf = useValueText();
  const { data } = useAlertSamples(rule.id);
  const last = data?.points.at(-1);
  if (!data || !last) return <span className={styles.noChart}>{data ? t("noChart") : ""}</span>;
  const values = data.points.map(({ value }) => value);
  const worst = rule.is_bad === "below" ? Math.min(...values) : Math.max(...values);
  const label = t("chart", { name, worst: textOf(worst, rule.unit), last: textOf(last.value, rule.unit) });
  return <Spark label={label} points={data.points} threshold={rule.threshold} />;
}
