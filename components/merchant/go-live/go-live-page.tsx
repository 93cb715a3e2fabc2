"use client";

import { Alert, App, Button, Skeleton } from "antd";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type Application, useApplication, useApplicationChanges } from "../api/application.ts";
import { Moment } from "../pieces/moment.tsx";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useSession } from "../session.tsx";
import { ApplicationFacts } from "./application-facts.tsx";
import { ContractPanel } from "./contract-panel.tsx";
import { DocumentsPanel } from "./documents-panel.tsx";
import { FactsForm } from "./facts-form.tsx";
import styles from "./go-live.module.css";

const tones = {
  not_applied: "info",
  submitted: "info",
  information_asked: "warning",
  approved: "success",
  rejected: "error",
} as const;

/** From test mode to real money: what we have to know, the papers, the contract. */
export function GoLivePage() {
  const t = useTranslations("dashboard.goLive");
  const application = useApplication();
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      {application.error ? <ProblemAlert error={application.error} onRetry={application.refetch} /> : null}
      {application.data ? (
        <ApplicationView application={application.data} />
      ) : (
        !application.error && <Skeleton active />
      )}
    </>
  );
}

function ApplicationView({ application }: { application: Application }) {
  const t = useTranslations("dashboard.goLive");
  const { can } = useSession();
  const { status } = application;
  const isOpen = can("application:write") && status !== "submitted" && status !== "approved";
  return (
    <div className={styles.page}>
      <Alert
        type={tones[status]}
        showIcon
        title={t(`states.${status}.title`)}
        description={
          <>
            <span>{application.message ?? t(`states.${status}.text`)}</span>
            {application.due_at && (
              <span>
                {" "}
                {t("due")} <Moment at={application.due_at} isExact />
              </span>
            )}
          </>
        }
      />
      {isOpen ? (
        <FactsForm facts={application.facts} />
      ) : (
        <Panel title={t("company")}>
          <ApplicationFacts facts={application.facts} />
        </Panel>
      )}
      <DocumentsPanel application={application} isOpen={isOpen} />
      <ContractPanel application={application} isOpen={isOpen} />
      {isOpen && <SendPanel />}
    </div>
  );
}

function SendPanel() {
  const t = useTranslations("dashboard.goLive");
  const { message } = App.useApp();
  const router = useRouter();
  const { submit } = useApplicationChanges();
  const send = () =>
    submit.mutate(undefined, {
      onSuccess: () => {
        message.success(t("sent"));
        // How far it is also stands in the frame.
        router.refresh();
      },
    });
  return (
    <Panel title={t("send")}>
      <p className={styles.soft}>{t("sendHelp")}</p>
      {submit.error && <ProblemAlert error={submit.error} />}
      <Button type="primary" onClick={send} loading={submit.isPending}>
        {t("send")}
      </Button>
    </Panel>
  );
}
