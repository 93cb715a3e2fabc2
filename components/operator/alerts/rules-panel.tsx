"use client";

import { DeleteOutlined, EditOutlined, PlusOutlined } from "@ant-design/icons";
import { App, Button, Skeleton } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ApiProblem } from "../../merchant/api/problem.ts";
import { Empty } from "../../merchant/pieces/empty.tsx";
import { Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type AlertRule, useAlertActions, useAlertRules, useAlertSamples } from "../api/alerts.ts";
import { useConsole } from "../session.tsx";
import { AddRuleModal } from "./add-rule-modal.tsx";
import styles from "./alerts.module.css";
import { RuleModal } from "./rule-modal.tsx";
import { Spark } from "./spark.tsx";
import { useRuleName, useValueText } from "./words.ts";

/** Every rule with its value of this moment against its threshold, and the day behind it. */
export function RulesPanel() {
  const t = useTranslations("console.alerts.rules");
  const { data, error, refetch } = useAlertRules();
  const { may } = useConsole();
  const [editing, setEditing] = useState<AlertRule>();
  const [isAdding, setAdding] = useState(false);
  if (error && !data) return <ProblemAlert error={error} onRetry={refetch} />;
  if (!data) return <Skeleton active />;
  return (
    <Panel isFlush>
      {data.data.length === 0 ? (
        <Empty title={t("none")} />
      ) : (
        <ul className={styles.rules}>
          {data.data.map((rule) => (
            <RuleRow
              key={rule.id}
              rule={rule}
              isLast={data.data.every(({ id, metric }) => id === rule.id || metric !== rule.metric)}
              onEdit={() => setEditing(rule)}
            />
          ))}
        </ul>
      )}
      {may("alerts:write") && data.data.length > 0 && (
        <p className={styles.foot}>
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
            {t("add")}
          </Button>
        </p>
      )}
      {isAdding && <AddRuleModal onClose={() => setAdding(false)} />}
      {editing && <RuleModal rule={editing} onClose={() => setEditing(undefined)} />}
    </Panel>
  );
}

/** @param props.isLast the only one of its measure, which stays */
function RuleRow({ rule, isLast, onEdit }: { rule: AlertRule; isLast: boolean; onEdit: () => void }) {
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
          {rule.name && <>{t(`metrics.${rule.metric}`)} · </>}
          {limit}
          {rule.receivers.length === 0 && <> · {t("rules.nobody")}</>}
        </p>
      </div>
      <strong className={styles.now}>
        {rule.current ? t("rules.now", { value: textOf(rule.current.value, rule.unit) }) : t("rules.noValue")}
      </strong>
      <Chart rule={rule} name={name} />
      {may("alerts:write") ? (
        <span className={styles.buttons}>
          <Button icon={<EditOutlined aria-hidden />} aria-label={t("rules.editTitle", { name })} onClick={onEdit}>
            {t("rules.edit")}
          </Button>
          {!isLast && <RemoveButton rule={rule} name={name} />}
        </span>
      ) : (
        <span />
      )}
    </li>
  );
}

function RemoveButton({ rule, name }: { rule: AlertRule; name: string }) {
  const t = useTranslations("console.alerts");
  const { modal, message } = App.useApp();
  const { removeRule } = useAlertActions();
  const problemOf = (error: unknown) => (error instanceof ApiProblem ? error.message : t("rules.notRemoved"));
  const ask = () =>
    modal.confirm({
      title: t("rules.removeTitle", { name }),
      content: t("rules.removeHelp"),
      okText: t("rules.remove"),
      cancelText: t("cancel"),
      okButtonProps: { danger: true },
      onOk: () =>
        removeRule.mutateAsync(rule.id).then(
          () => void message.success(t("rules.removed")),
          (error: unknown) => void message.error(problemOf(error)),
        ),
    });
  return <Button icon={<DeleteOutlined aria-hidden />} aria-label={t("rules.removeTitle", { name })} onClick={ask} />;
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
