"use client";

import { Button, Select } from "antd";
import { useTranslations } from "next-intl";
import type { ListEntry } from "../api/lists.ts";
import filters from "../pieces/pieces.module.css";
import { SearchField } from "../pieces/search-field.tsx";
import type { useUrlFilter } from "../pieces/use-url-filter.ts";

export const listFilterNames = ["action", "kind", "value"] as const;
export const actions = ["block", "allow"] as const satisfies readonly ListEntry["action"][];
export const kinds = ["email", "ip", "card", "device", "customer"] as const satisfies readonly ListEntry["kind"][];

export const actionsOf = (text: string | undefined) => actions.find((name) => name === text);
export const kindsOf = (text: string | undefined) => kinds.find((name) => name === text);

type Filter = ReturnType<typeof useUrlFilter<(typeof listFilterNames)[number]>>;

/** Values are kept as hashes, so that only a whole one can be looked for, and what it is has to be said. */
export function ListFilters({ filter }: { filter: Filter }) {
  const t = useTranslations("dashboard.blocklists");
  const kind = kindsOf(filter.values.kind);
  return (
    <search className={filters.filters}>
      <Select
        className={filters.choice}
        aria-label={t("columns.action")}
        placeholder={t("columns.action")}
        allowClear
        value={actionsOf(filter.values.action)}
        options={actions.map((value) => ({ value, label: t(`actions.${value}`) }))}
        onChange={(value?: string) => filter.set({ action: value })}
      />
      <Select
        className={filters.choice}
        aria-label={t("columns.kind")}
        placeholder={t("columns.kind")}
        allowClear
        value={kind}
        options={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        onChange={(value?: string) => filter.set({ kind: value, value: undefined })}
      />
      {kind && (
        <SearchField
          className={filters.search}
          label={t("find")}
          value={filter.values.value}
          onSearch={(text) => filter.set({ value: text })}
        />
      )}
      {filter.isFiltered && (
        <Button type="link" onClick={filter.clear}>
          {t("clear")}
        </Button>
      )}
    </search>
  );
}
