"use client";

import { Select, type TableColumnsType } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type Refund, useRefunds } from "../api/refunds.ts";
import { DataList } from "../pieces/data-list.tsx";
import { Empty } from "../pieces/empty.tsx";
import { Moment } from "../pieces/moment.tsx";
import { Money } from "../pieces/money.tsx";
import { NothingFound } from "../pieces/nothing-found.tsx";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { StateTag } from "../pieces/state-tag.tsx";
import { useUrlFilter } from "../pieces/use-url-filter.ts";
import styles from "./refunds.module.css";

const pageSize = 25;
const statuses = ["pending", "processing", "succeeded", "failed"] as const satisfies readonly Refund["status"][];

export function RefundsPage() {
  const t = useTranslations("dashboard.refunds");
  const states = useTranslations("dashboard.states");
  const filter = useUrlFilter(["status"] as const);
  const status = statuses.find((name) => name === filter.values.status);
  const result = useRefunds({ limit: pageSize, starting_after: filter.after, status });
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <search className={styles.filters}>
        <Select
          className={styles.status}
          aria-label={t("columns.status")}
          placeholder={t("columns.status")}
          allowClear
          value={status}
          options={statuses.map((value) => ({ value, label: states(value) }))}
          onChange={(value?: string) => filter.set({ status: value })}
        />
      </search>
      <Panel isFlush>
        <DataList<Refund>
          label={t("title")}
          result={result}
          columns={useColumns()}
          card={(refund) => <RefundCard refund={refund} />}
          hrefOf={orderOf}
          paging={filter}
          empty={
            filter.isFiltered ? (
              <NothingFound onClear={filter.clear} />
            ) : (
              <Empty title={t("none")}>
                <p>{t("noneHelp")}</p>
              </Empty>
            )
          }
        />
      </Panel>
    </>
  );
}

/** A refund is a part of its order's story, so that is where it opens. */
const orderOf = (refund: Refund) => `/dashboard/orders/${refund.order}`;

function useColumns(): TableColumnsType<Refund> {
  const t = useTranslations("dashboard.refunds.columns");
  const sources = useTranslations("dashboard.order.refunds.sources");
  return [
    {
      title: t("amount"),
      key: "amount",
      align: "right",
      width: 180,
      render: (_, refund) => (
        <strong>
          <Money minor={refund.amount} currency={refund.currency} />
        </strong>
      ),
    },
    { title: t("status"), key: "status", width: 160, render: (_, refund) => <StateTag state={refund.status} /> },
    {
      title: t("number"),
      key: "number",
      width: 260,
      ellipsis: true,
      render: (_, refund) => (
        <Link href={orderOf(refund)} prefetch={false} title={refund.merchant_refund_no}>
          {refund.merchant_refund_no}
        </Link>
      ),
    },
    {
      title: t("reason"),
      key: "reason",
      ellipsis: true,
      render: (_, refund) => refund.reason ?? (refund.source === "merchant" ? "" : sources(refund.source)),
    },
    { title: t("created"), key: "created", width: 170, render: (_, refund) => <Moment at={refund.created_at} /> },
  ];
}

function RefundCard({ refund }: { refund: Refund }) {
  return (
    <span className={styles.card}>
      <strong>
        <Money minor={refund.amount} currency={refund.currency} />
      </strong>
      <StateTag state={refund.status} />
      <span className={styles.number}>{refund.merchant_refund_no}</span>
      <span className={styles.time}>
        <Moment at={refund.created_at} />
      </span>
    </span>
  );
}
