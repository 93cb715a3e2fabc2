"use client";

import { Alert, App, Button, Skeleton } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ApplicationFacts } from "../../merchant/go-live/application-facts.tsx";
import { Facts } from "../../merchant/pieces/facts.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type ApplicationFile, useApplicationActions, useApplicationFile } from "../api/merchants.ts";
import styles from "../merchants/merchants.module.css";
import { LiveState } from "../merchants/words.tsx";
import { ReasonModal } from "../pieces/reason-modal.tsx";
import { Due } from "./applications-page.tsx";
import { ChecksPanel } from "./checks-panel.tsx";

type Answer = "ask" | "reject" | "approve";

export function ApplicationPage({ id }: { id: string }) {
  const file = useApplicationFile(id);
  if (file.error) return <ProblemAlert error={file.error} onRetry={file.refetch} />;
  if (!file.data) return <Skeleton active />;
  return <ApplicationView file={file.data} />;
}

/** One application: what the merchant says, its papers, and what we found of it. */
function ApplicationView({ file }: { file: ApplicationFile }) {
  const t = useTranslations("console.applications");
  const [open, setOpen] = useState<Answer>();
  const { application } = file;
  const isWaiting = application.status === "submitted";
  const isComplete = file.checks.every((check) => check.is_done);
  return (
    <>
      <PageHead
        title={
          <>
            {file.name} <LiveState status={application.status} />
          </>
        }
        note={<Link href={`/console/merchants/${file.id}`}>{t("toMerchant")}</Link>}
        action={
          isWaiting && (
            <span className={styles.buttons}>
              <Button onClick={() => setOpen("ask")}>{t("ask")}</Button>
              <Button danger onClick={() => setOpen("reject")}>
                {t("reject")}
              </Button>
              {isComplete && (
                <Button type="primary" onClick={() => setOpen("approve")}>
                  {t("approve")}
                </Button>
              )}
            </span>
          )
        }
      />
      {isWaiting && !isComplete && (
        <Alert className={styles.alert ?? ""} type="info" showIcon title={t("checkFirst")} />
      )}
      {file.category_is_risky && (
        <Alert className={styles.alert ?? ""} type="warning" showIcon title={t("riskyCategory")} />
      )}
      <div className={styles.columns}>
        <div>
          <Panel title={t("facts")}>
            <ApplicationFacts facts={application.facts} />
          </Panel>
          <PapersPanel file={file} />
        </div>
        <div>
          <ChecksPanel file={file} isOpen={isWaiting} />
          <StoryPanel file={file} />
        </div>
      </div>
      {open && <AnswerModal id={file.id} answer={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function AnswerModal({ id, answer, onClose }: { id: string; answer: Answer; onClose: () => void }) {
  const t = useTranslations("console.applications");
  const { message } = App.useApp();
  const actions = useApplicationActions(id);
  const mutation = answer === "approve" ? actions.approve : actions.answer;
  const onSuccess = () => {
    message.success(t(`${answer}Done`));
    onClose();
  };
  return (
    <ReasonModal
      title={t(answer)}
      consequence={t(`${answer}Consequence`)}
      label={t(answer === "approve" ? "reason" : "message")}
      okText={t(answer)}
      isDanger={answer === "reject"}
      isPending={mutation.isPending}
      error={mutation.error}
      onSubmit={(text) =>
        answer === "approve"
          ? actions.approve.mutate(text, { onSuccess })
          : actions.answer.mutate({ answer, message: text }, { onSuccess })
      }
      onClose={onClose}
    />
  );
}

function PapersPanel({ file }: { file: ApplicationFile }) {
  const t = useTranslations("console.applications");
  const kind = useTranslations("dashboard.goLive.documents.kinds");
  const { open } = useApplicationActions(file.id);
  return (
    <Panel title={t("papers")}>
      {open.error && <ProblemAlert error={open.error} />}
      <ul className={styles.list}>
        {file.application.documents.map((paper) => (
          <li key={paper.id}>
            <span>
              {kind(paper.kind)} ·{" "}
              <Button type="link" size="small" onClick={() => open.mutate({ file: paper.id, name: paper.name })}>
                {paper.name}
              </Button>
            </span>
            <span className={styles.soft}>
              {t("size", { kilobytes: Math.ceil(paper.size / 1_024) })} · <Moment at={paper.created_at} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function StoryPanel({ file: { application, submissions } }: { file: ApplicationFile }) {
  const t = useTranslations("console.applications");
  const { signature } = application;
  return (
    <Panel title={t("story")}>
      <Facts
        facts={[
          [t("columns.sent"), application.submitted_at && <Moment key="sent" at={application.submitted_at} isExact />],
          [t("columns.times"), submissions],
          [t("columns.due"), application.due_at && <Due key="due" at={application.due_at} />],
          [t("message"), application.message],
          [
            t("signed"),
            signature && (
              <span key="signed">
                {signature.name} · {signature.version} · <Moment at={signature.created_at} isExact />
              </span>
            ),
          ],
          [t("signedFrom"), signature?.ip],
          [t("fingerprint"), signature && <code key="hash">{signature.sha256}</code>],
        ]}
      />
    </Panel>
  );
}
