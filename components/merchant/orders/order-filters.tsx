"use client";

import { SearchOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { dayOf, dayStart } from "../format.ts";
import type { useUrlFilter } from "../pieces/use-url-filter.ts";
import { useSession } from "../session.tsx";
import { orderStatuses, stateOfOrder } from "./order-statuses.ts";
import styles from "./orders.module.css";

export const orderFilterNames = ["status", "number", "from", "to"] as const;

type Filter = ReturnType<typeof useUrlFilter<(typeof orderFilterNames)[number]>>;

export function OrderFilters({ filter }: { filter: Filter }) {
  const t = useTranslations("dashboard.orders.filters");
  const states = useTranslations("dashboard.states");
  const { status, from, to } = filter.values;
  return (
    <search className={styles.filters}>
      <NumberSearch filter={filter} />
      <Select
        className={styles.status}
        aria-label={t("status")}
        placeholder={t("status")}
        allowClear
        value={status}
        options={orderStatuses.map((value) => ({ value, label: states(stateOfOrder(value)) }))}
        onChange={(value?: string) => filter.set({ status: value })}
      />
      <PeriodSelect filter={filter} />
      {(from || to) && (
        <span className={styles.dates}>
          <Input
            type="date"
            aria-label={t("from")}
            value={from ?? ""}
            max={to}
            onChange={(event) => filter.set({ from: event.target.value })}
          />
          <span aria-hidden="true">–</span>
          <Input
            type="date"
            aria-label={t("to")}
            value={to ?? ""}
            min={from}
            onChange={(event) => filter.set({ to: event.target.value })}
          />
        </span>
      )}
      {filter.isFiltered && (
        <Button type="link" onClick={filter.clear}>
          {t("clear")}
        </Button>
      )}
    </search>
  );
}

/** Finds by the merchant's own number; an order's id goes straight to its page. */
function NumberSearch({ filter }: { filter: Filter }) {
  const t = useTranslations("dashboard.orders.filters");
  const router = useRouter();
  const { number } = filter.values;
  const [text, setText] = useState(number ?? "");
  useEffect(() => setText(number ?? ""), [number]);
  // Read from the field: what was typed before React took over is not in the state.
  const search = (typed: string) => {
    const wanted = typed.trim();
    if (/^ord_[0-9a-z]{28}$/.test(wanted)) router.push(`/dashboard/orders/${wanted}`);
    else if (wanted !== (number ?? "")) filter.set({ number: wanted });
  };
  return (
    <Input
      className={styles.search}
      prefix={<SearchOutlined aria-hidden />}
      aria-label={t("number")}
      placeholder={t("number")}
      value={text}
      allowClear
      onChange={(event) => setText(event.target.value)}
      onClear={() => filter.set({ number: undefined })}
      onPressEnter={(event) => search(event.currentTarget.value)}
      onBlur={(event) => search(event.currentTarget.value)}
    />
  );
}

const spans = { today: 1, week: 7, month: 30 } as const;
type Span = keyof typeof spans;

function PeriodSelect({ filter }: { filter: Filter }) {
  const t = useTranslations("dashboard.orders.filters");
  const { timeZone } = useSession().merchant;
  const { from, to } = filter.values;
  const today = dayOf(new Date(), timeZone);
  const begin = (span: Span) => {
    const start = dayStart(today, timeZone, 1 - spans[span]);
    return start && dayOf(start, timeZone);
  };
  const names = Object.keys(spans) as Span[];
  const chosen = to === today ? names.find((span) => begin(span) === from) : undefined;
  return (
    <Select
      className={styles.period}
      aria-label={t("period")}
      placeholder={t("period")}
      allowClear
      value={chosen ?? (from || to ? "custom" : undefined)}
      options={[...names, "custom" as const].map((value) => ({ value, label: t(`periods.${value}`) }))}
      onChange={(value?: Span | "custom") => {
        if (!value) filter.set({ from: undefined, to: undefined });
        else if (value === "custom") filter.set({ from: from ?? begin("month"), to: to ?? today });
        else filter.set({ from: begin(value), to: today });
      }}
    />
  );
}
