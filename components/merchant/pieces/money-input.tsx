"use client";

import { Input } from "antd";
import { useLocale } from "next-intl";
import { decimals } from "../format.ts";

interface Props {
  readonly id?: string;
  readonly currency: string;
  readonly value?: string;
  readonly onChange?: (text: string) => void;
  readonly autoFocus?: boolean;
  readonly onPressEnter?: () => void;
  readonly onBlur?: () => void;
}

/** An amount as text in the currency's own decimals; `parseMoney` reads it. */
export function MoneyInput({ currency, onChange, ...input }: Props) {
  const symbol = new Intl.NumberFormat(useLocale(), { style: "currency", currency, currencyDisplay: "narrowSymbol" })
    .formatToParts(0)
    .find((part) => part.type === "currency")?.value;
  return (
    <Input
      {...input}
      inputMode={decimals(currency) === 0 ? "numeric" : "decimal"}
      autoComplete="off"
      prefix={symbol}
      suffix={currency}
      style={{ fontVariantNumeric: "tabular-nums" }}
      onChange={(event) => onChange?.(event.target.value)}
    />
  );
}
