"use client";

import { App, Button, Skeleton } from "antd";
import { useTranslations } from "next-intl";
import { type OwnSession, useMyActions, useOwnSessions } from "../api/me.ts";
import { Moment } from "../pieces/moment.tsx";
import { Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./security.module.css";

/** Every browser that is signed in as this person, with a way to sign it out. */
export function SessionsPanel() {
  const t = useTranslations("dashboard.security");
  const { message } = App.useApp();
  const { data, error, refetch } = useOwnSessions();
  const { endSession, endOthers } = useMyActions();
  const said = { onSuccess: () => void message.success(t("ended")) };
  const others = data?.data.some((session) => !session.is_current);
  return (
    <Panel
      title={t("sessions")}
      action={
        others && (
          <Button size="small" loading={endOthers.isPending} onClick={() => endOthers.mutate(undefined, said)}>
            {t("endOthers")}
          </Button>
        )
      }
    >
      {error && <ProblemAlert error={error} onRetry={refetch} />}
      {(endSession.error ?? endOthers.error) && <ProblemAlert error={endSession.error ?? endOthers.error} />}
      {!data && !error && <Skeleton active title={false} />}
      <ul className={styles.sessions} aria-label={t("sessions")}>
        {data?.data.map((session) => (
          <SessionRow key={session.id} session={session}>
            {!session.is_current && (
              <Button
                size="small"
                loading={endSession.isPending && endSession.variables === session.id}
                onClick={() => endSession.mutate(session.id, said)}
              >
                {t("end")}
              </Button>
            )}
          </SessionRow>
        ))}
      </ul>
    </Panel>
  );
}

function SessionRow({ session, children }: { session: OwnSession; children: React.ReactNode }) {
  const t = useTranslations("dashboard.security");
  return (
    <li>
      <span>
        <strong>{session.browser}</strong> {session.is_current && <em>{t("this")}</em>}
        <span className={styles.where}>
          {session.ip} · {t("since")} <Moment at={session.created_at} /> · {t("seen")}{" "}
          <Moment at={session.last_seen_at} />
        </span>
      </span>
      {children}
    </li>
  );
}
