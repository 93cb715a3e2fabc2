"use client";

import { useTranslations } from "next-intl";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { useMerchantTimeline } from "../api/merchants.ts";
import styles from "./merchants.module.css";

/** What operators did about a merchant, the newest first. */
export function TimelinePanel({ id }: { id: string }) {
  const t = useTranslations("console.merchants");
  const verbs = useTranslations("console.verbs");
  const timeline = useMerchantTimeline(id);
  const textOf = (verb: string) => {
    const key = verb.replaceAll(".", "_") as Parameters<typeof verbs.has>[0];
    return verbs.has(key) ? verbs(key) : verb;
  };
  return (
    <Panel title={t("timeline")}>
      {timeline.error ? <ProblemAlert error={timeline.error} onRetry={timeline.refetch} /> : null}
      {timeline.data?.data.length === 0 && <p className={styles.soft}>{t("nothingDone")}</p>}
      <ul className={styles.list}>
        {timeline.data?.data.map((entry) => (
          <li key={entry.id}>
            <span>{textOf(entry.verb)}</span>
            {typeof entry.change?.reason === "string" && <p>{entry.change.reason}</p>}
            <span className={styles.soft}>
              {entry.operator} · <Moment at={entry.created_at} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
