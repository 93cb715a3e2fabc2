"use client";

import { Button, Segmented, Select, type TableColumnsType } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { DataList } from "../../merchant/pieces/data-list.tsx";
import { Empty } from "../../merchant/pieces/empty.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import filters from "../../merchant/pieces/pieces.module.css";
import { useUrlFilter } from "../../merchant/pieces/use-url-filter.ts";
import support from "../../merchant/support/support.module.css";
import { type ErrorCase, useErrorCases } from "../api/error-cases.ts";
import { Due } from "../pieces/due.tsx";
import { useQueueKeys } from "../pieces/use-queue-keys.ts";
import tickets from "../tickets/tickets.module.css";
import { caseKinds } from "./case-kinds.ts";

const pageSize = 25;
const states = ["open", "resolved"] as const;
const hrefOf = ({ id }: ErrorCase) => `/console/error-cases/${id}`;
const none: readonly ErrorCase[] = [];

/** Payments and refunds that did not go as they should, as the system noticed. */
export function ErrorCasesPage() {
  const t = useTranslations("console.errorCases");
  const filter = useUrlFilter(["state", "kind", "assigned", "merchant"] as const);
  const state = states.find((one) => one === filter.values.state) ?? "open";
  const { kind, assigned, merchant } = filter.values;
  const result = useErrorCases({ state, kind, assigned, merchant, limit: pageSize, starting_after: filter.after });
  const selected = useQueueKeys({ rows: result.data?.data ?? none, hrefOf });
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <search className={filters.filters}>
        <Segmented
          aria-label={t("state")}
          value={state}
          options={states.map((value) => ({ value, label: t(`states.${value}`) }))}
          onChange={(value) => filter.set({ state: value === "open" ? undefined : value })}
        />
        <Select
          className={filters.choice}
          aria-label={t("kind")}
          placeholder={t("kind")}
          allowClear
          popupMatchSelectWidth={false}
          value={caseKinds.find((one) => one === kind)}
          options={caseKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          onChange={(value?: string) => filter.set({ kind: value })}
        />
        <Select
          className={filters.choice}
          aria-label={t("assigned")}
          placeholder={t("assigned")}
          allowClear
          value={assigned}
          options={(["me", "none"] as const).map((value) => ({ value, label: t(`whose.${value}`) }))}
          onChange={(value?: string) => filter.set({ assigned: value })}
        />
        {filter.isFiltered && (
          <Button type="link" onClick={filter.clear}>
            {t("clear")}
          </Button>
        )}
      </search>
      <Panel isFlush>
        <DataList<ErrorCase>
          label={t("title")}
          result={result}
          columns={useColumns(state)}
          card={(one) => <CaseCard one={one} />}
          hrefOf={hrefOf}
          selected={selected}
          paging={filter}
          empty={<Empty title={t(state === "open" ? "nothingOpen" : "nothing")} />}
        />
      </Panel>
      <p className={tickets.keys}>{t("keys")}</p>
    </>
  );
}

function useColumns(state: ErrorCase["state"]): TableColumnsType<ErrorCase> {
  const t = useTranslations("console.errorCases");
  return [
    {
      title: t("kind"),
      key: "kind",
      ellipsis: true,
      render: (_, one) => (
        <span className={tickets.subject}>
          <Link href={hrefOf(one)} prefetch={false}>
            <strong>{t(`kinds.${one.kind}`)}</strong>
          </Link>
          <span>{one.merchant.name}</span>
        </span>
      ),
    },
    {
      title: t("object"),
      key: "object",
      ellipsis: true,
      render: (_, one) => <code>{one.order ?? one.object_id}</code>,
    },
    {
      title: t("assigned"),
      key: "assigned",
      width: 150,
      ellipsis: true,
      render: (_, one) => one.assigned_to?.name ?? t("whose.none"),
    },
    { title: t("opened"), key: "opened", width: 150, render: (_, one) => <Moment at={one.opened_at} /> },
    {
      title: t(state === "open" ? "due" : "ended"),
      key: "due",
      width: 210,
      render: (_, one) => <DueOrEnding one={one} />,
    },
  ];
}

function DueOrEnding({ one }: { one: ErrorCase }) {
  const t = useTranslations("console.errorCases.endings");
  return one.ending ? t(one.ending) : <Due at={one.due_at} />;
}

function CaseCard({ one }: { one: ErrorCase }) {
  const t = useTranslations("console.errorCases");
  return (
    <span className={support.card}>
      <strong>{t(`kinds.${one.kind}`)}</strong>
      <DueOrEnding one={one} />
      <span className={support.soft}>{one.merchant.name}</span>
      <span className={support.soft}>
        <Moment at={one.opened_at} />
      </span>
    </span>
  );
}
