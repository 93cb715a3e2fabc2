"use client";

import { Input, Select } from "antd";
import { useTranslations } from "next-intl";
import type { Period } from "#lib/analytics/period";
import styles from "./overview.module.css";
import { presets, type RangeName } from "./ranges.ts";

interface Props {
  readonly name: RangeName;
  readonly period: Period;
  readonly today: string;
  readonly onChange: (change: {
    range?: string | undefined;
    from?: string | undefined;
    to?: string | undefined;
  }) => void;
}

/** A named period, or two days of one's own; the choice stands in the address. */
export function RangePicker({ name, period, today, onChange }: Props) {
  const t = useTranslations("dashboard.overview.range");
  const day = (which: "from" | "to") => (
    <Input
      type="date"
      aria-label={t(which)}
      value={period[which]}
      min={which === "to" ? period.from : undefined}
      max={which === "from" ? period.to : today}
      onChange={(event) => event.target.value && onChange({ ...period, [which]: event.target.value, range: undefined })}
    />
  );
  return (
    <div className={styles.range}>
      {name === "custom" && (
        <span className={styles.days}>
          {day("from")}
          <span aria-hidden="true">–</span>
          {day("to")}
        </span>
      )}
      <Select
        className={styles.preset}
        aria-label={t("label")}
        value={name}
        options={[...presets, "custom" as const].map((value) => ({ value, label: t(`names.${value}`) }))}
        onChange={(value: RangeName) =>
          onChange(
            value === "custom" ? { ...period, range: undefined } : { range: value, from: undefined, to: undefined },
          )
        }
      />
    </div>
  );
}
