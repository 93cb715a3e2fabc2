"use client";

import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Select, Space } from "antd";
import { useLocale } from "next-intl";
import { monthsBack, shiftMonth } from "./months.ts";

/** Years that the list goes back; the button goes further. */
const listedMonths = 36;

interface Props {
  /** `2026-03` */
  readonly value: string;
  /** The present month: nothing later can be chosen. */
  readonly latest: string;
  readonly labels: { readonly month: string; readonly previous: string; readonly next: string };
  readonly onChange: (month: string) => void;
}

/** A month, by its name or one step from the last: browsers' own month fields are missing in two of the large ones. */
export function MonthPicker({ value, latest, labels, onChange }: Props) {
  const locale = useLocale();
  const format = new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", timeZone: "UTC" });
  const listed = monthsBack(latest, listedMonths);
  const months = listed.includes(value) ? listed : [...listed, value];
  return (
    <Space.Compact>
      <Button
        icon={<LeftOutlined aria-hidden />}
        aria-label={labels.previous}
        onClick={() => onChange(shiftMonth(value, -1))}
      />
      <Select
        aria-label={labels.month}
        value={value}
        popupMatchSelectWidth={false}
        style={{ minWidth: 150 }}
        options={months.map((month) => ({ value: month, label: format.format(new Date(`${month}-01T00:00:00Z`)) }))}
        onChange={onChange}
      />
      <Button
        icon={<RightOutlined aria-hidden />}
        aria-label={labels.next}
        disabled={value >= latest}
        onClick={() => onChange(shiftMonth(value, 1))}
      />
    </Space.Compact>
  );
}
