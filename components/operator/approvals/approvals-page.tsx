"use client";

import { Segmented, type TableColumnsType } from "antd";
import { useTranslations } from "next-intl";
import { DataList } from "../../merchant/pieces/data-list.tsx";
import { Empty } from "../../merchant/pieces/empty.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import { useUrlFilter } from "../../merchant/pieces/use-url-filter.ts";
import { type Approval, useApprovals } from "../api/approvals.ts";
import styles from "./approvals.module.css";
import { ApprovalState, useKindName } from "./words.tsx";

const pageSize = 25;
const states = ["open", "approved", "rejected", "expired", "withdrawn"] as const;

/** The inbox of what needs two people: open ones first, the one that lapses soonest on top. */
export function ApprovalsPage() {
  const t = useTranslations("console.approvals");
  const filter = useUrlFilter(["status"] as const);
  const status = states.find((state) => state === filter.values.status) ?? "open";
  const result = useApprovals({ status, limit: String(pageSize), starting_after: filter.after });
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <div className={styles.filter}>
        <Segmented
          aria-label={t("columns.status")}
          value={status}
          options={states.map((value) => ({ value, label: t(`filters.${value}`) }))}
          onChange={(value) => filter.set({ status: value === "open" ? undefined : value })}
        />
      </div>
      <Panel isFlush>
        <DataList<Approval>
          label={t("title")}
          result={result}
          columns={useColumns(status === "open")}
          card={(approval) => <ApprovalCard approval={approval} />}
          hrefOf={({ id }) => `/console/approvals/${id}`}
          paging={filter}
          empty={<Empty title={t(status === "open" ? "nothingOpen" : "nothing")} />}
        />
      </Panel>
    </>
  );
}

function useColumns(isOpen: boolean): TableColumnsType<Approval> {
  const t = useTranslations("console.approvals");
  const kindName = useKindName();
  return [
    {
      title: t("columns.kind"),
      key: "kind",
      render: (_, approval) => (
        <span className={styles.kind}>
          <strong>{kindName(approval.kind)}</strong>
          <span>{approval.merchant?.name ?? approval.object_id}</span>
        </span>
      ),
    },
    { title: t("columns.reason"), key: "reason", ellipsis: true, dataIndex: "reason" },
    { title: t("columns.proposedBy"), key: "by", width: 170, render: (_, { proposed_by }) => proposed_by.name },
    {
      title: t(isOpen ? "columns.expires" : "columns.decided"),
      key: "when",
      width: 160,
      render: (_, approval) => (
        <Moment at={isOpen ? approval.expires_at : (approval.decided_at ?? approval.expires_at)} />
      ),
    },
    {
      title: t("columns.status"),
      key: "status",
      width: 150,
      render: (_, approval) => <ApprovalState approval={approval} />,
    },
  ];
}

function ApprovalCard({ approval }: { approval: Approval }) {
  const kindName = useKindName();
  return (
    <span className={styles.card}>
      <strong>{kindName(approval.kind)}</strong>
      <ApprovalState approval={approval} />
      <span>{approval.merchant?.name ?? approval.object_id}</span>
      <Moment at={approval.created_at} />
    </span>
  );
}
