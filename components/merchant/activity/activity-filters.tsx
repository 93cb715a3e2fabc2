"use client";

import { Button, Input, Select, Tag } from "antd";
import { useTranslations } from "next-intl";
import type { AuditEntry } from "../api/audit.ts";
import { PeriodFilter } from "../pieces/period-filter.tsx";
import pieces from "../pieces/pieces.module.css";
import type { useUrlFilter } from "../pieces/use-url-filter.ts";
import { verbs } from "./verbs.ts";

export const activityFilterNames = ["verb", "object", "actor", "from", "to"] as const;

type Filter = ReturnType<typeof useUrlFilter<(typeof activityFilterNames)[number]>>;

/** @param props.entries what is shown: it knows the name of whoever is filtered by */
export function ActivityFilters({ filter, entries }: { filter: Filter; entries: readonly AuditEntry[] }) {
  const t = useTranslations("dashboard.activity");
  const { verb, object, actor } = filter.values;
  const actorName = entries.find((entry) => entry.actor.id === actor)?.actor.name ?? actor;
  return (
    <search className={pieces.filters}>
      <Input.Search
        key={object}
        className={pieces.search}
        aria-label={t("filters.object")}
        placeholder={t("filters.object")}
        defaultValue={object}
        allowClear
        onSearch={(text) => filter.set({ object: text.trim() || undefined })}
      />
      <Select
        className={pieces.choice}
        style={{ minWidth: 220 }}
        aria-label={t("columns.what")}
        placeholder={t("columns.what")}
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        value={verb}
        options={verbs.map((value) => ({ value, label: t(`verbs.${value}`) }))}
        onChange={(value?: string) => filter.set({ verb: value })}
      />
      <PeriodFilter label={t("columns.when")} filter={filter} />
      {actor && (
        <Tag closable onClose={() => filter.set({ actor: undefined })}>
          {t("filters.actor", { name: actorName ?? "" })}
        </Tag>
      )}
      {filter.isFiltered && (
        <Button type="link" onClick={filter.clear}>
          {t("filters.clear")}
        </Button>
      )}
    </search>
  );
}
