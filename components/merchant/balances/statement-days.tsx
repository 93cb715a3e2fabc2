"use client";

import { Button, type TableColumnsType } from "antd";
import { useLocale, useTranslations } from "next-intl";
import { type StatementPeriod, useStatementPeriods } from "../api/statement.ts";
import { dayStart } from "../format.ts";
import { DataList } from "../pieces/data-list.tsx";
import { Empty } from "../pieces/empty.tsx";
import { Money } from "../pieces/money.tsx";
import { useSession } from "../session.tsx";
import styles from "./balances.module.css";

export interface OfAccount {
  readonly account: string;
  readonly currency: string;
}

interface Row extends StatementPeriod {
  readonly id: string;
}

/** A month's days in which the account moved. */
export function StatementDays(props: { of: OfAccount; month: string; onOpen: (day: string) => void }) {
  const { of, month, onOpen } = props;
  const t = useTranslations("dashboard.statement");
  const { timeZone } = useSession().merchant;
  const from = dayStart(`${month}-01`, timeZone) ?? new Date(0);
  const to = dayStart(nextMonth(month), timeZone) ?? from;
  const { data, ...result } = useStatementPeriods({ ...of, from: from.toISOString(), to: to.toISOString() });
  const days = data && { ...data, data: data.data.map((period): Row => ({ ...period, id: period.start })) };
  return (
    <DataList<Row>
      label={t("days")}
      result={{ ...result, data: days }}
      columns={useColumns(of.currency, onOpen)}
      card={(row) => <DayCard row={row} currency={of.currency} onOpen={onOpen} />}
      empty={
        <Empty title={t("none")}>
          <p>{t("noneHelp")}</p>
        </Empty>
      }
    />
  );
}

function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
}

function Day({ day, onOpen }: { day: string; onOpen: (day: string) => void }) {
  const locale = useLocale();
  const text = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(day));
  return (
    <Button type="link" className={styles.day} onClick={() => onOpen(day)}>
      {text}
    </Button>
  );
}

function useColumns(currency: string, onOpen: (day: string) => void): TableColumnsType<Row> {
  const t = useTranslations("dashboard.statement.columns");
  const sum = (key: "opening_balance" | "increase" | "decrease" | "closing_balance") => ({
    title: t(key),
    key,
    align: "right" as const,
    render: (_: unknown, row: Row) =>
      row[key] === 0 && (key === "increase" || key === "decrease") ? (
        <span className={styles.help}>–</span>
      ) : (
        <Money minor={key === "decrease" ? -row[key] : row[key]} currency={currency} isCodeHidden />
      ),
  });
  return [
    { title: t("day"), key: "day", render: (_, row) => <Day day={row.start} onOpen={onOpen} /> },
    sum("opening_balance"),
    sum("increase"),
    sum("decrease"),
    sum("closing_balance"),
    { title: t("transfers"), key: "transfers", align: "right", width: 110, render: (_, row) => row.transfers },
  ];
}

function DayCard({ row, currency, onOpen }: { row: Row; currency: string; onOpen: (day: string) => void }) {
  const t = useTranslations("dashboard.statement.columns");
  return (
    <div className={styles.period}>
      <Day day={row.start} onOpen={onOpen} />
      <strong>
        <Money minor={row.closing_balance} currency={currency} />
      </strong>
      <span className={styles.help}>
        {t("increase")} <Money minor={row.increase} currency={currency} isCodeHidden />
      </span>
      <span className={styles.help}>
        {t("decrease")} <Money minor={-row.decrease} currency={currency} isCodeHidden />
      </span>
    </div>
  );
}
