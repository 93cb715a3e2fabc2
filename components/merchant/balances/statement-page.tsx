"use client";

import { ArrowLeftOutlined } from "@ant-design/icons";
import { Select, Skeleton } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useBalances } from "../api/balances.ts";
import { dayOf } from "../format.ts";
import { Empty } from "../pieces/empty.tsx";
import { MonthPicker } from "../pieces/month-picker.tsx";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import filters from "../pieces/pieces.module.css";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useUrlFilter } from "../pieces/use-url-filter.ts";
import { useSession } from "../session.tsx";
import { useAccountName } from "../transactions/ledger-words.ts";
import styles from "./balances.module.css";
import { StatementDays } from "./statement-days.tsx";
import { StatementLines } from "./statement-lines.tsx";

/** What of the book is the merchant's own money. */
const accounts = [
  "merchant_pending",
  "merchant_available",
  "merchant_frozen",
  "merchant_reserve",
  "merchant_deposit",
  "refund_in_transit",
  "payout_in_transit",
] as const;

/** An account's movements with the balance after each: a month by its days, a day by its lines. */
export function StatementPage() {
  const t = useTranslations("dashboard.statement");
  const accountName = useAccountName();
  const { merchant, now } = useSession();
  const { timeZone } = merchant;
  const filter = useUrlFilter(["account", "currency", "month", "day"] as const);
  const balances = useBalances();
  const currencies = balances.data?.data.map((balance) => balance.currency) ?? [];
  const account = accounts.find((name) => name === filter.values.account) ?? "merchant_pending";
  const currency = filter.values.currency ?? currencies[0];
  const thisMonth = dayOf(now(), timeZone).slice(0, 7);
  const month = filter.values.month ?? thisMonth;
  const { day } = filter.values;
  const of = currency ? { account, currency } : undefined;
  return (
    <>
      <p className={styles.back}>
        <Link href="/dashboard/balances">
          <ArrowLeftOutlined aria-hidden /> {t("back")}
        </Link>
      </p>
      <PageHead title={t("title")} note={t("note", { zone: timeZone })} />
      <search className={filters.filters}>
        <Select
          className={styles.account}
          aria-label={t("account")}
          value={account}
          popupMatchSelectWidth={false}
          options={accounts.map((value) => ({ value, label: accountName(value) }))}
          onChange={(value: string) => filter.set({ account: value })}
        />
        <Select
          className={styles.currency}
          aria-label={t("currency")}
          value={currency ?? null}
          options={currencies.map((value) => ({ value, label: value }))}
          onChange={(value: string | null) => filter.set({ currency: value ?? undefined })}
        />
        <MonthPicker
          value={month}
          latest={thisMonth}
          labels={{ month: t("month"), previous: t("previousMonth"), next: t("nextMonth") }}
          onChange={(chosen) => filter.set({ month: chosen, day: undefined })}
        />
      </search>
      {balances.error ? <ProblemAlert error={balances.error} onRetry={() => void balances.refetch()} /> : null}
      {!of && balances.isPending && <Skeleton active />}
      {!of && balances.data && (
        <Panel>
          <Empty title={t("none")}>
            <p>{t("noneHelp")}</p>
          </Empty>
        </Panel>
      )}
      {of && (
        <Panel isFlush>
          <StatementDays of={of} month={month} onOpen={(start) => filter.set({ day: start })} />
        </Panel>
      )}
      {of && day && <StatementLines of={of} day={day} paging={filter} />}
    </>
  );
}
