"use client";

import { Button, Select, type TableColumnsType } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Transaction, useTransactions } from "../api/transactions.ts";
import { ExportButton } from "../exports/export-button.tsx";
import { DataList } from "../pieces/data-list.tsx";
import { Empty } from "../pieces/empty.tsx";
import { Moment } from "../pieces/moment.tsx";
import { Money } from "../pieces/money.tsx";
import { NothingFound } from "../pieces/nothing-found.tsx";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { momentsOf, PeriodFilter } from "../pieces/period-filter.tsx";
import filters from "../pieces/pieces.module.css";
import { SearchField } from "../pieces/search-field.tsx";
import { useUrlFilter } from "../pieces/use-url-filter.ts";
import { useSession } from "../session.tsx";
import { useKindName } from "./ledger-words.ts";
import { TransactionDrawer } from "./transaction-drawer.tsx";
import styles from "./transactions.module.css";

const pageSize = 25;
const kinds = [
  "payment_succeeded",
  "unexpected_payment",
  "refund_accepted",
  "refund_succeeded",
  "refund_failed",
  "refund_bounced",
] as const;

export function TransactionsPage() {
  const t = useTranslations("dashboard.transactions");
  const kindName = useKindName();
  const { timeZone } = useSession().merchant;
  const filter = useUrlFilter(["kind", "order", "from", "to"] as const);
  const [open, setOpen] = useState<Transaction>();
  const { kind, order } = filter.values;
  const period = momentsOf(filter.values, timeZone);
  const query = { kind, order, occurred_from: period.from, occurred_to: period.to };
  const result = useTransactions({ ...query, limit: pageSize, starting_after: filter.after });
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("note", { zone: timeZone })}
        action={<ExportButton list="transactions" filters={query} />}
      />
      <search className={filters.filters}>
        <SearchField
          className={filters.search}
          label={t("filters.order")}
          value={order}
          onSearch={(text) => filter.set({ order: text })}
        />
        <Select
          className={filters.choice}
          aria-label={t("columns.kind")}
          placeholder={t("columns.kind")}
          allowClear
          value={kind}
          popupMatchSelectWidth={false}
          options={kinds.map((value) => ({ value, label: kindName(value) }))}
          onChange={(value?: string) => filter.set({ kind: value })}
        />
        <PeriodFilter label={t("columns.occurred")} filter={filter} />
        {filter.isFiltered && (
          <Button type="link" onClick={filter.clear}>
            {t("filters.clear")}
          </Button>
        )}
      </search>
      <Panel isFlush>
        <DataList<Transaction>
          label={t("title")}
          result={result}
          columns={useColumns(setOpen)}
          card={(transaction) => <TransactionCard of={transaction} onOpen={setOpen} />}
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
      {open && <TransactionDrawer of={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function useColumns(onOpen: (transaction: Transaction) => void): TableColumnsType<Transaction> {
  const t = useTranslations("dashboard.transactions.columns");
  const kindName = useKindName();
  const sum = (name: "amount" | "fee" | "net", width: number) => ({
    title: t(name),
    key: name,
    align: "right" as const,
    width,
    render: (_: unknown, of: Transaction) => <Sum of={of} part={name} />,
  });
  return [
    {
      title: t("kind"),
      key: "kind",
      width: 220,
      render: (_, of) => (
        <Button type="link" className={styles.kind} onClick={() => onOpen(of)}>
          {kindName(of.kind)}
        </Button>
      ),
    },
    sum("amount", 160),
    sum("fee", 120),
    sum("net", 170),
    {
      title: t("order"),
      key: "order",
      ellipsis: true,
      render: (_, { order }) =>
        order && (
          <Link href={`/dashboard/orders/${order}`} prefetch={false} title={order}>
            {order}
          </Link>
        ),
    },
    { title: t("occurred"), key: "occurred", width: 150, render: (_, of) => <Moment at={of.occurred_at} /> },
  ];
}

/** Nothing where there is nothing to say: most bookings bear no fee, and some change no balance. */
function Sum({ of, part }: { of: Transaction; part: "amount" | "fee" | "net" }) {
  if (!of.currency || of[part] === 0) return <span className={styles.nothing}>–</span>;
  return <Money minor={of[part]} currency={of.currency} isCodeHidden={part !== "net"} />;
}

function TransactionCard({ of, onOpen }: { of: Transaction; onOpen: (transaction: Transaction) => void }) {
  const kindName = useKindName();
  return (
    <span className={styles.card}>
      <Button type="link" className={styles.kind} onClick={() => onOpen(of)}>
        {kindName(of.kind)}
      </Button>
      <strong>
        <Sum of={of} part="net" />
      </strong>
      <span className={styles.soft}>
        <Moment at={of.occurred_at} />
      </span>
    </span>
  );
}
