"use client";

import { Skeleton, type TableColumnsType } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type Balance, balanceParts, type Transaction, useBalances, useTransactions } from "../api/balances.ts";
import { Copyable } from "../pieces/copy-button.tsx";
import { DataList } from "../pieces/data-list.tsx";
import { Empty } from "../pieces/empty.tsx";
import { Moment } from "../pieces/moment.tsx";
import { Money } from "../pieces/money.tsx";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useUrlFilter } from "../pieces/use-url-filter.ts";
import styles from "./balances.module.css";

const pageSize = 25;

export function BalancesPage() {
  const t = useTranslations("dashboard.balances");
  const filter = useUrlFilter([] as const);
  const balances = useBalances();
  const columns = useColumns();
  const transactions = useTransactions({ limit: pageSize, starting_after: filter.after });
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      {balances.error ? <ProblemAlert error={balances.error} onRetry={() => void balances.refetch()} /> : null}
      {balances.data ? (
        balances.data.data.map((balance) => <BalancePanel key={balance.currency} balance={balance} />)
      ) : (
        <Skeleton active />
      )}
      {balances.data?.data.length !== 0 && (
        <Panel title={t("transactions")} isFlush>
          <DataList<Transaction>
            label={t("transactions")}
            result={transactions}
            columns={columns}
            card={(transaction) => <TransactionCard transaction={transaction} />}
            paging={filter}
            empty={<Empty title={t("none")} />}
          />
        </Panel>
      )}
      {balances.data?.data.length === 0 && (
        <Panel>
          <Empty title={t("none")}>
            <p>{t("noneHelp")}</p>
          </Empty>
        </Panel>
      )}
    </>
  );
}

/** Pending and available always; the others only while there is something in them. */
function BalancePanel({ balance }: { balance: Balance }) {
  const t = useTranslations("dashboard.balances.parts");
  const shown = balanceParts.filter((part) => part === "pending" || part === "available" || balance[part] !== 0);
  return (
    <Panel title={balance.currency}>
      <dl className={styles.parts}>
        {shown.map((part) => (
          <div key={part}>
            <dt>{t(`${part}.name`)}</dt>
            <dd>
              <Money minor={balance[part]} currency={balance.currency} isCodeHidden />
            </dd>
            <dd className={styles.help}>{t(`${part}.help`)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function useKindText(): (kind: string) => string {
  const t = useTranslations("dashboard.timeline.ledger");
  return (kind) => (t.has(kind as "payment_succeeded") ? t(kind as "payment_succeeded") : kind);
}

function useColumns(): TableColumnsType<Transaction> {
  const t = useTranslations("dashboard.balances.columns");
  const kindText = useKindText();
  return [
    { title: t("kind"), key: "kind", render: (_, { kind }) => kindText(kind) },
    {
      title: t("order"),
      key: "order",
      width: 330,
      render: (_, { order }) =>
        order && (
          <Link href={`/dashboard/orders/${order}`} prefetch={false}>
            {order}
          </Link>
        ),
    },
    { title: t("id"), key: "id", width: 350, render: (_, { id }) => <Copyable text={id} what={t("id")} /> },
    { title: t("created"), key: "created", width: 170, render: (_, { created_at }) => <Moment at={created_at} /> },
  ];
}

function TransactionCard({ transaction }: { transaction: Transaction }) {
  const text = useKindText()(transaction.kind);
  return (
    <span className={styles.card}>
      {transaction.order ? <Link href={`/dashboard/orders/${transaction.order}`}>{text}</Link> : text}
      <Moment at={transaction.created_at} />
    </span>
  );
}
