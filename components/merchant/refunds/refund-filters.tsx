"use client";

import { Button, Select } from "antd";
import { useTranslations } from "next-intl";
import type { Refund } from "../api/refunds.ts";
import { PeriodFilter } from "../pieces/period-filter.tsx";
import filters from "../pieces/pieces.module.css";
import { SearchField } from "../pieces/search-field.tsx";
import type { useUrlFilter } from "../pieces/use-url-filter.ts";

export const refundFilterNames = ["status", "source", "number", "from", "to"] as const;
export const statuses = ["pending", "processing", "succeeded", "failed"] as const satisfies readonly Refund["status"][];
export const sources = ["merchant", "surplus", "late", "mismatch"] as const satisfies readonly Refund["source"][];

type Filter = ReturnType<typeof useUrlFilter<(typeof refundFilterNames)[number]>>;

export function RefundFilters({ filter }: { filter: Filter }) {
  const t = useTranslations("dashboard.refunds");
  const states = useTranslations("dashboard.states");
  const makers = useTranslations("dashboard.exports.sources");
  const { status, source, number } = filter.values;
  return (
    <search className={filters.filters}>
      <SearchField
        className={filters.search}
        label={t("filters.number")}
        value={number}
        onSearch={(text) => filter.set({ number: text })}
      />
      <Select
        className={filters.choice}
        aria-label={t("columns.status")}
        placeholder={t("columns.status")}
        allowClear
        value={statuses.find((name) => name === status)}
        options={statuses.map((value) => ({ value, label: states(value) }))}
        onChange={(value?: string) => filter.set({ status: value })}
      />
      <Select
        className={filters.choice}
        aria-label={t("filters.source")}
        placeholder={t("filters.source")}
        allowClear
        popupMatchSelectWidth={false}
        value={sources.find((name) => name === source)}
        options={sources.map((value) => ({ value, label: makers(value) }))}
        onChange={(value?: string) => filter.set({ source: value })}
      />
      <PeriodFilter label={t("columns.created")} filter={filter} />
      {filter.isFiltered && (
        <Button type="link" onClick={filter.clear}>
          {t("filters.clear")}
        </Button>
      )}
    </search>
  );
}
