"use client";

import { Button, Select } from "antd";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PeriodFilter } from "../pieces/period-filter.tsx";
import { SearchField } from "../pieces/search-field.tsx";
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
  const search = (wanted: string | undefined) => {
    if (wanted && /^ord_[0-9a-z]{28}$/.test(wanted)) router.push(`/dashboard/orders/${wanted}`);
    else filter.set({ number: wanted });
  };
  return <SearchField className={styles.search} label={t("number")} value={filter.values.number} onSearch={search} />;
}
