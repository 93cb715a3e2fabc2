"use client";

import { ArrowLeftOutlined } from "@ant-design/icons";
import { Alert, Button, Select, Skeleton } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Copyable } from "../../merchant/pieces/copy-button.tsx";
import { Facts } from "../../merchant/pieces/facts.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { RawData } from "../../merchant/pieces/raw-data.tsx";
import support from "../../merchant/support/support.module.css";
import { type ErrorCase, useErrorCase, useErrorCaseWork } from "../api/error-cases.ts";
import { useWorkers } from "../api/tickets.ts";
import { Due } from "../pieces/due.tsx";
import { ReasonField } from "../pieces/reason-field.tsx";
import { useConsole } from "../session.tsx";
import tickets from "../tickets/tickets.module.css";
import { Evidence } from "./evidence.tsx";

/** One case: what the system saw, how it ended, and the work on it. */
export function ErrorCasePage({ id }: { id: string }) {
  const t = useTranslations("console.errorCases");
  const { data: one, error, refetch } = useErrorCase(id);
  return (
    <>
      <p className={support.back}>
        <Link href="/console/error-cases">
          <ArrowLeftOutlined aria-hidden /> {t("title")}
        </Link>
      </p>
      {!one && (error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : <Skeleton active />)}
      {one && <OpenCase one={one} />}
    </>
  );
}

function OpenCase({ one }: { one: ErrorCase }) {
  const t = useTranslations("console.errorCases");
  const { may } = useConsole();
  return (
    <>
      <PageHead title={t(`kinds.${one.kind}`)} note={t(`about.${one.kind}`)} />
      <div className={support.columns}>
        <div className={support.stack}>
          {one.ending && <EndingPanel one={one} />}
          <Panel title={t("evidence")}>
            <Evidence facts={one.evidence} />
            <RawData data={one.evidence} />
          </Panel>
          {may("tickets:write") && <DecisionPanel key={one.state} one={one} />}
        </div>
        <Panel title={t("details")}>
          <CaseDesk one={one} />
        </Panel>
      </div>
    </>
  );
}

function EndingPanel({ one }: { one: ErrorCase }) {
  const t = useTranslations("console.errorCases");
  if (!one.ending) return null;
  return (
    <Panel title={t("states.resolved")}>
      <div className={support.stack}>
        <Alert type="success" showIcon title={t(`endings.${one.ending}`)} description={t(`endingHelp.${one.ending}`)} />
        <Facts
          facts={[
            [t("resolution"), one.resolution],
            [t("resolvedBy"), one.resolved_by?.name],
            [t("resolvedAt"), one.resolved_at && <Moment key="at" at={one.resolved_at} isExact />],
          ]}
        />
        {one.outcome && <Evidence facts={one.outcome} />}
      </div>
    </Panel>
  );
}

function DecisionPanel({ one }: { one: ErrorCase }) {
  const t = useTranslations("console.errorCases");
  const { turn } = useErrorCaseWork();
  const [reason, setReason] = useState("");
  const to = one.state === "open" ? "resolve" : "reopen";
  return (
    <Panel title={t(`turns.${to}`)}>
      <div className={support.composer}>
        <ReasonField label={t("reason")} value={reason} onChange={setReason} />
        {turn.error && <ProblemAlert error={turn.error} />}
        <span className={support.buttons}>
          <Button
            type={to === "resolve" ? "primary" : "default"}
            disabled={reason.trim() === ""}
            loading={turn.isPending}
            onClick={() => turn.mutate({ id: one.id, to, reason: reason.trim() })}
          >
            {t(`turns.${to}`)}
          </Button>
        </span>
      </div>
    </Panel>
  );
}

function CaseDesk({ one }: { one: ErrorCase }) {
  const t = useTranslations("console.errorCases");
  const s = useTranslations("dashboard.support");
  const field = useId();
  const { may } = useConsole();
  const workers = useWorkers();
  const { assign } = useErrorCaseWork();
  const isWorkable = may("tickets:write") && one.state === "open";
  return (
    <div className={support.stack}>
      {isWorkable && (
        <div className={tickets.field}>
          <label htmlFor={field}>{t("assigned")}</label>
          <Select<string | null>
            id={field}
            allowClear
            placeholder={t("whose.none")}
            value={one.assigned_to?.id ?? null}
            options={workers.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(value) => assign.mutate({ id: one.id, assigned_to: value ?? null })}
          />
          {assign.error && <ProblemAlert error={assign.error} />}
        </div>
      )}
      <Facts
        facts={[
          [t("assigned"), !isWorkable && one.assigned_to?.name],
          [t("due"), one.state === "open" && <Due key="due" at={one.due_at} />],
          [
            t("merchant"),
            <Link key="merchant" href={`/console/merchants/${one.merchant.id}`} prefetch={false}>
              {one.merchant.name}
            </Link>,
          ],
          [
            s("order"),
            one.order && (
              <Link key="order" href={`/console/orders/${one.order}`} prefetch={false}>
                {one.order}
              </Link>
            ),
          ],
          [t("object"), <Copyable key="object" text={one.object_id} what={t("object")} />],
          [s("mode"), s(one.livemode ? "live" : "test")],
          [t("opened"), <Moment key="opened" at={one.opened_at} isExact />],
          [s("number"), <Copyable key="id" text={one.id} what={s("number")} />],
        ]}
      />
    </div>
  );
}
