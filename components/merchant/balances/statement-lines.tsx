"use client";

import type { TableColumnsType } from "antd";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { type StatementLine, useStatementLines } from "../api/statement.ts";
import { dayStart } from "../format.ts";
import { DataList } from "../pieces/data-list.tsx";
import { Empty } from "../pieces/empty.tsx";
import { Money } from "../pieces/money.tsx";
import { Panel } from "../pieces/page-head.tsx";
import type { useUrlFilter } from "../pieces/use-url-filter.ts";
import { useSession } from "../session.tsx";
import { useAccountName, useKindName } from "../transactions/ledger-words.ts";
import styles from "./balances.module.css";
import type { OfAccount } from "./statement-days.tsx";

type Row = StatementLine & { readonly id: string };

const pageSize = 50;

/** Everything that moved an account on a day, oldest first, with the balance after it. */
export function StatementLines(props: { of: OfAccount; day: string; paging: ReturnType<typeof useUrlFilter> }) {
  const { of, day, paging } = props;
  const t = useTranslations("dashboard.statement");
  const locale = useLocale();
  const { timeZone } = useSession().merchant;
  const from = dayStart(day, timeZone) ?? new Date(0);
  const to = dayStart(day, timeZone, 1) ?? from;
  const title = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone }).format(from);
  const result = useStatementLines({
    ...of,
    from: from.toISOString(),
    to: to.toISOString(),
    limit: pageSize,
    starting_after: paging.after,
  });
  return (
    <Panel title={title} isFlush>
      <DataList<Row>
        label={title}
        result={result}
        columns={useColumns(of.currency)}
        card={(row) => <LineCard row={row} currency={of.currency} />}
        paging={paging}
        empty={<Empty title={t("none")} />}
      />
    </Panel>
  );
}

/** All these accounts are what we owe the merchant: a credit makes them larger. */
const signed = ({ side, amount }: Row) => (side === "credit" ? amount : -amount);

function Time({ at }: { at: string }) {
  const locale = useLocale();
  const { timeZone } = useSession().merchant;
  return (
    <time dateTime={at} className={styles.help}>
      {new Intl.DateTimeFormat(locale, { timeStyle: "medium", timeZone }).format(new Date(at))}
    </time>
  );
}

function useColumns(currency: string): TableColumnsType<Row> {
  const t = useTranslations("dashboard.statement.columns");
  const kindName = useKindName();
  const accountName = useAccountName();
  return [
    { title: t("time"), key: "time", width: 130, render: (_, row) => <Time at={row.created_at} /> },
    {
      title: t("kind"),
      key: "kind",
      render: (_, row) =>
        row.order ? (
          <Link href={`/dashboard/orders/${row.order}`} prefetch={false}>
            {kindName(row.kind)}
          </Link>
        ) : (
          kindName(row.kind)
        ),
    },
    { title: t("counterpart"), key: "counterpart", render: (_, row) => accountName(row.counterpart) },
    {
      title: t("amount"),
      key: "amount",
      align: "right",
      render: (_, row) => <Money minor={signed(row)} currency={currency} isCodeHidden />,
    },
    {
      title: t("balance"),
      key: "balance",
      align: "right",
      render: (_, row) => (
        <strong>
          <Money minor={row.balance} currency={currency} isCodeHidden />
        </strong>
      ),
    },
  ];
}

function LineCard({ row, currency }: { row: Row; currency: string }) {
  const kindName = useKindName();
  const text = kindName(row.kind);
  return (
    <div className={styles.period}>
      {row.order ? <Link href={`/dashboard/orders/${row.order}`}>{text}</Link> : <span>{text}</span>}
      <Money minor={signed(row)} currency={currency} isCodeHidden />
      <Time at={row.created_at} />
      <strong>
        <Money minor={row.balance} currency={currency} isCodeHidden />
      </strong>
    </div>
  );
}
