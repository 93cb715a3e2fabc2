"use client";

import { Alert, App, Button, Skeleton } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Copyable } from "../../merchant/pieces/copy-button.tsx";
import { Facts } from "../../merchant/pieces/facts.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { Money } from "../../merchant/pieces/money.tsx";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type MerchantDetail, useMerchant, useMerchantActions } from "../api/merchants.ts";
import { VisitButton } from "../impersonation/visit-button.tsx";
import { ReasonModal } from "../pieces/reason-modal.tsx";
import { useConsole } from "../session.tsx";
import { LimitsModal } from "./limits-modal.tsx";
import { LimitsText } from "./limits-text.tsx";
import styles from "./merchants.module.css";
import { NotesPanel } from "./notes-panel.tsx";
import { TimelinePanel } from "./timeline-panel.tsx";
import { LiveState, MerchantState } from "./words.tsx";

export function MerchantPage({ id }: { id: string }) {
  const merchant = useMerchant(id);
  if (merchant.error) return <ProblemAlert error={merchant.error} onRetry={merchant.refetch} />;
  if (!merchant.data) return <Skeleton active />;
  return <MerchantView merchant={merchant.data} />;
}

/** One merchant: what it is, what it takes, what was done about it. */
function MerchantView({ merchant }: { merchant: MerchantDetail }) {
  const t = useTranslations("console.merchants");
  const { may } = useConsole();
  const [open, setOpen] = useState<"suspend" | "resume" | "limits">();
  const close = () => setOpen(undefined);
  const isSuspended = merchant.status === "suspended";
  return (
    <>
      <PageHead
        title={merchant.name}
        note={<Copyable text={merchant.id} what={t("columns.id")} />}
        action={
          <span className={styles.buttons}>
            <VisitButton merchant={merchant} />
            {may("merchants:write") && (
              <>
                <Button onClick={() => setOpen("limits")}>{t("limits.change")}</Button>
                <Button danger={!isSuspended} onClick={() => setOpen(isSuspended ? "resume" : "suspend")}>
                  {t(isSuspended ? "resume" : "suspend")}
                </Button>
              </>
            )}
          </span>
        }
      />
      {merchant.suspension && (
        <Alert
          className={styles.alert ?? ""}
          type="error"
          showIcon
          title={t("suspendedSince")}
          description={
            <>
              <Moment at={merchant.suspension.at} isExact /> · {merchant.suspension.reason}
            </>
          }
        />
      )}
      <div className={styles.columns}>
        <div>
          <FactsPanel merchant={merchant} />
          <VolumesPanel merchant={merchant} />
          <MembersPanel merchant={merchant} />
        </div>
        <div>
          <NotesPanel id={merchant.id} />
          <TimelinePanel id={merchant.id} />
        </div>
      </div>
      {open === "limits" && <LimitsModal merchant={merchant} onClose={close} />}
      {(open === "suspend" || open === "resume") && <StateModal id={merchant.id} deed={open} onClose={close} />}
    </>
  );
}

function StateModal({ id, deed, onClose }: { id: string; deed: "suspend" | "resume"; onClose: () => void }) {
  const t = useTranslations("console.merchants");
  const { message } = App.useApp();
  const actions = useMerchantActions(id);
  const { isPending, error } = actions[deed];
  const isSuspend = deed === "suspend";
  const onSuccess = () => {
    message.success(t(isSuspend ? "suspended" : "proposed"));
    onClose();
  };
  return (
    <ReasonModal
      title={t(deed)}
      consequence={t(`${deed}Consequence`)}
      label={t(isSuspend ? "reasonShown" : "reason")}
      okText={t(isSuspend ? "suspend" : "propose")}
      isDanger={isSuspend}
      isPending={isPending}
      error={error}
      onSubmit={(reason) =>
        isSuspend ? actions.suspend.mutate(reason, { onSuccess }) : actions.resume.mutate(reason, { onSuccess })
      }
      onClose={onClose}
    />
  );
}

function FactsPanel({ merchant }: { merchant: MerchantDetail }) {
  const t = useTranslations("console.merchants");
  const { may } = useConsole();
  const hasApplied = merchant.live_status !== "not_applied";
  return (
    <Panel title={t("facts")}>
      <Facts
        facts={[
          [t("columns.status"), <MerchantState key="status" status={merchant.status} />],
          [t("columns.live_status"), <LiveState key="live" status={merchant.live_status} />],
          [
            t("application"),
            hasApplied && may("merchants:write") && (
              <Link key="application" href={`/console/applications/${merchant.id}`}>
                {t("openApplication")}
              </Link>
            ),
          ],
          [t("columns.tier"), t(`tiers.${merchant.tier}`)],
          [t("limits.title"), <LimitsText key="limits" limits={merchant.limits} />],
          [t("columns.country"), merchant.country],
          [t("columns.timeZone"), merchant.time_zone],
          [t("columns.since"), <Moment key="since" at={merchant.created_at} isExact />],
          [
            t("approvals"),
            may("approvals:read") && (
              <Link key="approvals" href="/console/approvals">
                {t("openApprovals")}
              </Link>
            ),
          ],
        ]}
      />
    </Panel>
  );
}

function VolumesPanel({ merchant }: { merchant: MerchantDetail }) {
  const t = useTranslations("console.merchants");
  return (
    <Panel title={t("columns.volume")}>
      {merchant.volumes.length === 0 ? (
        <p className={styles.soft}>{t("noVolume")}</p>
      ) : (
        <Facts
          facts={merchant.volumes.map((volume) => [
            `${t(volume.livemode ? "liveMode" : "testMode")} · ${t("payments", { count: volume.payments })}`,
            <Money key={`${volume.livemode} ${volume.currency}`} minor={volume.gross} currency={volume.currency} />,
          ])}
        />
      )}
    </Panel>
  );
}

function MembersPanel({ merchant }: { merchant: MerchantDetail }) {
  const t = useTranslations("console.merchants");
  const role = useTranslations("dashboard.shell.roles");
  return (
    <Panel title={t("members")}>
      <ul className={styles.list}>
        {merchant.members.map((member) => {
          const key = member.role as Parameters<typeof role.has>[0];
          return (
            <li key={member.id}>
              <strong>{member.name}</strong>
              <span className={styles.soft}>
                {member.email} · {role.has(key) ? role(key) : member.role}
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
