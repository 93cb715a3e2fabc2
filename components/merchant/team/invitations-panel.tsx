"use client";

import { App, Button } from "antd";
import { useTranslations } from "next-intl";
import { useInvitations, useTeamActions } from "../api/team.ts";
import { Moment } from "../pieces/moment.tsx";
import { Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useSession } from "../session.tsx";
import { useRoleName } from "./role-names.ts";
import styles from "./team.module.css";

/** Who was asked and has not answered; not there when nobody was. */
export function InvitationsPanel() {
  const t = useTranslations("dashboard.team");
  const { message } = App.useApp();
  const { can } = useSession();
  const nameOf = useRoleName();
  const { data, error, refetch } = useInvitations();
  const { withdraw } = useTeamActions();
  if (error) return <ProblemAlert error={error} onRetry={refetch} />;
  if (!data?.data.length) return null;
  return (
    <Panel title={t("invitations")}>
      {withdraw.error && <ProblemAlert error={withdraw.error} />}
      <ul className={styles.invitations} aria-label={t("invitations")}>
        {data.data.map(({ id, email, role, expires_at }) => (
          <li key={id}>
            <span className={styles.person}>
              <strong>{email}</strong>
              <span>
                {nameOf(role)} · {t("expires")} <Moment at={expires_at} isExact />
              </span>
            </span>
            {can("team:write") && (
              <Button
                size="small"
                loading={withdraw.isPending && withdraw.variables === id}
                onClick={() => withdraw.mutate(id, { onSuccess: () => void message.success(t("withdrawn")) })}
              >
                {t("withdraw")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
