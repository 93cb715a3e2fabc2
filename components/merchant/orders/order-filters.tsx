"use client";

import { SearchOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { PeriodFilter } from "../pieces/period-filter.tsx";
import type { useUrlFilter } from "../pieces/use-url-filter.ts";
import { MoreFilters, moreFilterNames } from "./more-filters.tsx";
import { orderStatuses, stateOfOrder } from "./order-statuses.ts";
import styles from "./orders.module.css";

export const orderFilterNames = ["status", "number", "from", "to", ...moreFilterNames] as const;

export type OrderFilter = ReturnType<typeof useUrlFilter<(typeof orderFilterNames)[number]>>;

export function OrderFilters({ filter, children }: { filter: OrderFilter; children?: ReactNode }) {
  const t = useTranslations("dashboard.orders.filters");
  const states = useTranslations("dashboard.states");
  const { status } = filter.values;
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
      <PeriodFilter label={t("period")} filter={filter} />
      <MoreFilters filter={filter} />
      {filter.isFiltered && (
        <Button type="link" onClick={filter.clear}>
          {t("clear")}
        </Button>
      )}
      <span className={styles.listTools}>{children}</span>
    </search>
  );
}

/** Finds by the merchant's own number; an order's id goes straight to its page. */
function NumberSearch({ filter }: { filter: OrderFilter }) {
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
