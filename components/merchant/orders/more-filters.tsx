"use client";

import { FilterOutlined } from "@ant-design/icons";
import { Badge, Button, Input, Popover, Select } from "antd";
import { useMessages, useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { currencyCodes } from "#lib/kernel/currency";
import { parseMoney, plainMoney } from "../format.ts";
import { MoneyInput } from "../pieces/money-input.tsx";
import type { OrderFilter } from "./order-filters.tsx";
import styles from "./orders.module.css";

export const moreFilterNames = ["method", "channel", "currency", "min", "max", "shopper"] as const;

/** The filters that are needed now and then. */
export function MoreFilters({ filter }: { filter: OrderFilter }) {
  const t = useTranslations("dashboard.orders.filters");
  const messages = useMessages().dashboard;
  const inUse = moreFilterNames.filter((name) => filter.values[name]).length;
  const { method, channel, currency, min, max } = filter.values;
  const choice = (name: "method" | "channel", names: Readonly<Record<string, string>>) => (
    <Field label={t(name)}>
      {(id) => (
        <Select
          id={id}
          allowClear
          value={name === "method" ? method : channel}
          options={Object.entries(names).map(([value, label]) => ({ value, label }))}
          onChange={(value?: string) => filter.set({ [name]: value })}
        />
      )}
    </Field>
  );
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      content={
        <div className={styles.more}>
          {choice("method", messages.methods)}
          {choice("channel", messages.channels)}
          <ShopperField filter={filter} />
          <Field label={t("currency")}>
            {(id) => (
              <Select
                id={id}
                allowClear
                showSearch
                value={currency}
                options={currencyCodes.map((value) => ({ value, label: value }))}
                onChange={(value?: string) => filter.set({ currency: value, min: undefined, max: undefined })}
              />
            )}
          </Field>
          {currency ? (
            <div className={styles.pair}>
              <AmountField key={`min${min}`} name="min" currency={currency} filter={filter} />
              <AmountField key={`max${max}`} name="max" currency={currency} filter={filter} />
            </div>
          ) : (
            <p>{t("amountHelp")}</p>
          )}
        </div>
      }
    >
      <Badge count={inUse} size="small" color="var(--brand)">
        <Button icon={<FilterOutlined aria-hidden />}>{t("more")}</Button>
      </Badge>
    </Popover>
  );
}

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

function AmountField({ name, currency, filter }: { name: "min" | "max"; currency: string; filter: OrderFilter }) {
  const t = useTranslations("dashboard.orders.filters");
  const kept = filter.values[name];
  const [text, setText] = useState(kept ? plainMoney(Number(kept), currency) : "");
  const minor = text ? parseMoney(text, currency) : undefined;
  const isWrong = text !== "" && (minor === undefined || minor < 0);
  const apply = () => {
    const next = minor === undefined ? undefined : String(minor);
    if (!isWrong && next !== kept) filter.set({ [name]: next });
  };
  return (
    <Field label={t(name)}>
      {(id) => (
        <>
          <MoneyInput id={id} currency={currency} value={text} onChange={setText} onPressEnter={apply} onBlur={apply} />
          {isWrong && <small role="alert">{t("amountInvalid")}</small>}
        </>
      )}
    </Field>
  );
}

function ShopperField({ filter }: { filter: OrderFilter }) {
  const t = useTranslations("dashboard.orders.filters");
  const { shopper } = filter.values;
  const apply = (typed: string) => typed.trim() !== (shopper ?? "") && filter.set({ shopper: typed.trim() });
  return (
    <Field label={t("shopper")}>
      {(id) => (
        <Input
          key={shopper}
          id={id}
          allowClear
          autoComplete="off"
          defaultValue={shopper}
          onBlur={(event) => apply(event.currentTarget.value)}
          onPressEnter={(event) => apply(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
