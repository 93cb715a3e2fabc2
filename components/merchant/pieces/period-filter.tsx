"use client";

import { Input, Select } from "antd";
import { useTranslations } from "next-intl";
import { useZone } from "../../zone.tsx";
import { dayOf, dayStart } from "../format.ts";
import styles from "./pieces.module.css";

interface PeriodFilterProps {
  /** What the days are of, for the reader: "Created". */
  readonly label: string;
  readonly filter: {
    readonly values: { readonly from?: string | undefined; readonly to?: string | undefined };
    set(changes: { from?: string | undefined; to?: string | undefined }): void;
  };
}

/** Days in the merchant's zone, kept in a list's address as `from` and `to`, both included. */
export function PeriodFilter({ label, filter }: PeriodFilterProps) {
  const t = useTranslations("dashboard.orders.filters");
  const { from, to } = filter.values;
  return (
    <>
      <PeriodSelect label={label} filter={filter} />
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
    </>
  );
}

const spans = { today: 1, week: 7, month: 30 } as const;
type Span = keyof typeof spans;

function PeriodSelect({ label, filter }: PeriodFilterProps) {
  const t = useTranslations("dashboard.orders.filters");
  const { timeZone, now } = useZone();
  const { from, to } = filter.values;
  const today = dayOf(now(), timeZone);
  const begin = (span: Span) => {
    const start = dayStart(today, timeZone, 1 - spans[span]);
    return start && dayOf(start, timeZone);
  };
  const names = Object.keys(spans) as Span[];
  const chosen = to === today ? names.find((span) => begin(span) === from) : undefined;
  return (
    <Select
      className={styles.period}
      aria-label={label}
      placeholder={label}
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

/** From the first moment of a day to the last of another, as the API takes them. */
export function momentsOf(
  values: PeriodFilterProps["filter"]["values"],
  timeZone: string,
): { readonly from: string | undefined; readonly to: string | undefined } {
  const { from, to } = values;
  const next = to ? dayStart(to, timeZone, 1) : undefined;
  return {
    from: from ? dayStart(from, timeZone)?.toISOString() : undefined,
    // The last day counts in full: up to a millisecond before the next one begins.
    to: next && new Date(next.getTime() - 1).toISOString(),
  };
}
