"use client";

import { DeleteOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { currencyCodes } from "#lib/kernel/currency";
import { parseMoney, plainMoney } from "../../merchant/format.ts";
import styles from "./parameters.module.css";

type Amounts = Record<string, number>;

interface Props {
  readonly label: string;
  readonly value: Amounts;
  onChange(value: Amounts): void;
}

/** Amounts by currency; a currency can be added and taken away. */
export function AmountsEditor({ label, value, onChange }: Props) {
  const t = useTranslations("console.parameters");
  const free = currencyCodes.filter((code) => !(code in value));
  const without = (currency: string) => Object.fromEntries(Object.entries(value).filter(([code]) => code !== currency));
  return (
    <span className={styles.editor}>
      {Object.entries(value).map(([currency, minor]) => (
        <span key={currency} className={styles.amountRow}>
          <AmountField
            label={`${label} ${currency}`}
            currency={currency}
            minor={minor}
            onChange={(next) => onChange({ ...value, [currency]: next })}
          />
          <Button
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t("removeCurrency", { currency })}
            onClick={() => onChange(without(currency))}
          />
        </span>
      ))}
      <Select
        showSearch
        aria-label={t("addCurrency")}
        placeholder={t("addCurrency")}
        value={null}
        options={free.map((code) => ({ value: code, label: code }))}
        onChange={(code: string | null) => code && onChange({ ...value, [code]: 0 })}
      />
    </span>
  );
}

interface FieldProps {
  readonly label: string;
  readonly currency: string;
  readonly minor: number;
  onChange(minor: number): void;
}

function AmountField({ label, currency, minor, onChange }: FieldProps) {
  const t = useTranslations("console.parameters");
  const [text, setText] = useState(plainMoney(minor, currency));
  const amount = parseMoney(text, currency);
  const isBad = amount === undefined || amount < 0;
  return (
    <span>
      <Input
        prefix={currency}
        inputMode="decimal"
        aria-label={label}
        aria-invalid={isBad}
        status={isBad ? "error" : ""}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          const next = parseMoney(event.target.value, currency);
          if (next !== undefined && next >= 0) onChange(Number(next));
        }}
        // What can't be read is not what would be proposed: back to what is.
        onBlur={() => isBad && setText(plainMoney(minor, currency))}
      />
      {isBad && (
        <p role="alert" className={styles.problem}>
          {t("amountProblem")}
        </p>
      )}
    </span>
  );
}
