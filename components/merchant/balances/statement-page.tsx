"use client";

import { ArrowLeftOutlined } from "@ant-design/icons";
import { Input, Select } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useBalances } from "../api/balances.ts";
import { dayOf } from "../format.ts";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import filters from "../pieces/pieces.module.css";
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
  const { timeZone } = useSession().merchant;
  const filter = useUrlFilter(["account", "currency", "month", "day"] as const);
  const balances = useBalances();
  const currencies = balances.data?.data.map((balance) => balance.currency) ?? [];
  const account = accounts.find((name) => name === filter.values.account) ?? "merchant_pending";
  const currency = filter.values.currency ?? currencies[0];
  const month = filter.values.month ?? dayOf(new Date(), timeZone).slice(0, 7);
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
        <Input
          className={styles.month}
          type="month"
          aria-label={t("month")}
          value={month}
          onChange={(event) => filter.set({ month: event.target.value || undefined, day: undefined })}
        />
      </search>
      {of && (
        <Panel isFlush>
          <StatementDays of={of} month={month} onOpen={(start) => filter.set({ day: start })} />
        </Panel>
      )}
      {of && day && <StatementLines of={of} day={day} paging={filter} />}
    </>
  );
}
