"use client";

import { Alert, App, Button, Skeleton } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Facts } from "../../merchant/pieces/facts.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { RawData } from "../../merchant/pieces/raw-data.tsx";
import { type OpenApproval, useApproval, useApprovalActions } from "../api/approvals.ts";
import { ReasonField } from "../pieces/reason-field.tsx";
import styles from "./approvals.module.css";
import { FactTable } from "./fact-table.tsx";
import { ApprovalState, useKindName } from "./words.tsx";

/** One proposal: what was seen, what is so now, who said what; and the decision, for who may take it. */
export function ApprovalPage({ id }: { id: string }) {
  const t = useTranslations("console.approvals");
  const kindName = useKindName();
  const { data: approval, error, refetch } = useApproval(id);
  if (!approval) return error ? <ProblemAlert error={error} onRetry={refetch} /> : <Skeleton active />;
  const facts = approval.now?.facts ?? approval.seen_at_decision ?? approval.seen;
  return (
    <>
      <PageHead
        title={
          <>
            {kindName(approval.kind)} <ApprovalState approval={approval} />
          </>
        }
        note={approval.merchant ? approval.merchant.name : t("platform")}
      />
      <div className={styles.columns}>
        <div>
          <Panel title={t(approval.now ? "factsNow" : "factsThen")}>
            {approval.obstacle && <Alert type="warning" showIcon title={t("obstacle", { code: approval.obstacle })} />}
            <FactTable facts={facts} before={approval.seen} />
            {hasChanged(facts, approval.seen) && <p>{t("changedSince")}</p>}
          </Panel>
          {approval.outcome && (
            <Panel title={t("outcome")}>
              <FactTable facts={approval.outcome} />
            </Panel>
          )}
        </div>
        <div>
          <Panel title={t("story")}>
            <Facts
              facts={[
                [t("columns.proposedBy"), approval.proposed_by.name],
                [t("proposedAt"), <Moment key="at" at={approval.created_at} isExact />],
                [t("columns.reason"), approval.reason],
                [
                  t("columns.expires"),
                  approval.status === "pending" && <Moment key="until" at={approval.expires_at} isExact />,
                ],
                [t("decidedBy"), approval.decided_by?.name],
                [t("columns.decided"), approval.decided_at && <Moment key="done" at={approval.decided_at} isExact />],
                [t("decisionReason"), approval.decision_reason],
                [t("object"), <code key="object">{approval.object_id}</code>],
              ]}
            />
            <RawData data={approval} />
          </Panel>
          {approval.may_decide && <DecisionPanel approval={approval} />}
          {approval.may_withdraw && <WithdrawPanel id={approval.id} />}
        </div>
      </div>
    </>
  );
}

function DecisionPanel({ approval }: { approval: OpenApproval }) {
  const t = useTranslations("console.approvals");
  const { message } = App.useApp();
  const { decide } = useApprovalActions();
  const [reason, setReason] = useState("");
  const submit = async (decision: "approve" | "reject") => {
    const version = approval.now?.version;
    const done = await decide
      .mutateAsync({ id: approval.id, decision, reason, ...(version && { version }) })
      .catch(() => undefined);
    if (done) message.success(t(`states.${done.status}`));
  };
  const isEmpty = reason.trim() === "";
  return (
    <Panel title={t("decide")}>
      <div className={styles.form}>
        {decide.error && <ProblemAlert error={decide.error} />}
        <ReasonField label={t("decisionReason")} value={reason} onChange={setReason} />
        <span className={styles.buttons}>
          <Button
            type="primary"
            disabled={isEmpty || !approval.now}
            loading={decide.isPending}
            onClick={() => submit("approve")}
          >
            {t("approve")}
          </Button>
          <Button danger disabled={isEmpty} loading={decide.isPending} onClick={() => submit("reject")}>
            {t("reject")}
          </Button>
        </span>
        <p>{t("decideHelp")}</p>
      </div>
    </Panel>
  );
}

function WithdrawPanel({ id }: { id: string }) {
  const t = useTranslations("console.approvals");
  const { withdraw } = useApprovalActions();
  return (
    <Panel title={t("own")}>
      <div className={styles.form}>
        {withdraw.error && <ProblemAlert error={withdraw.error} />}
        <p>{t("ownHelp")}</p>
        <span className={styles.buttons}>
          <Button loading={withdraw.isPending} onClick={() => withdraw.mutate(id)}>
            {t("withdraw")}
          </Button>
        </span>
      </div>
    </Panel>
  );
}

/** Fact by fact: the database keeps the fields of an object in an order of its own. */
function hasChanged(now: Readonly<Record<string, unknown>>, then: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(now).some(([name, value]) => JSON.stringify(value) !== JSON.stringify(then[name]));
}
