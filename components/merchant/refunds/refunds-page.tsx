"use client";

import type { TableColumnsType } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type Refund, useRefunds } from "../api/refunds.ts";
import { ExportButton } from "../exports/export-button.tsx";
import { DataList } from "../pieces/data-list.tsx";
import { Empty } from "../pieces/empty.tsx";
import { Moment } from "../pieces/moment.tsx";
import { Money } from "../pieces/money.tsx";
import { NothingFound } from "../pieces/nothing-found.tsx";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { momentsOf } from "../pieces/period-filter.tsx";
import { StateTag } from "../pieces/state-tag.tsx";
import { useUrlFilter } from "../pieces/use-url-filter.ts";
import { useSession } from "../session.tsx";
import { RefundFilters, refundFilterNames, sources, statuses } from "./refund-filters.tsx";
import styles from "./refunds.module.css";

const pageSize = 25;

export function RefundsPage() {
  const t = useTranslations("dashboard.refunds");
  const { timeZone } = useSession().merchant;
  const filter = useUrlFilter(refundFilterNames);
  const { values } = filter;
  const period = momentsOf(values, timeZone);
  const query = {
    status: statuses.find((name) => name === values.status),
    source: sources.find((name) => name === values.source),
    merchant_refund_no: values.number,
    created_from: period.from,
    created_to: period.to,
  };
  const result = useRefunds({ ...query, limit: pageSize, starting_after: filter.after });
  return (
    <>
      <PageHead title={t("title")} note={t("note")} action={<ExportButton list="refunds" filters={query} />} />
      <RefundFilters filter={filter} />
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
