"use client";

import { DeleteOutlined } from "@ant-design/icons";
import { App, Button, Modal, Select } from "antd";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { methods } from "#lib/channels/channel";
import { currencyCodes } from "#lib/kernel/currency";
import { parseMoney, plainMoney } from "../../merchant/format.ts";
import { MoneyInput } from "../../merchant/pieces/money-input.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { type MerchantDetail, type MerchantLimits, useMerchantActions } from "../api/merchants.ts";
import { ReasonField } from "../pieces/reason-field.tsx";
import styles from "./merchants.module.css";

const spans = ["order", "day", "month"] as const;
const tiers = ["low", "standard", "high"] as const;
type Field = (typeof spans)[number] | (typeof methods)[number];
type Typed = Readonly<Partial<Record<Field, string>>>;

/** As it is typed: an empty field is no limit. */
function typedOf(limits: MerchantLimits): Record<string, Typed> {
  return Object.fromEntries(
    Object.entries(limits).map(([currency, { methods: byMethod = {}, ...rest }]) => [
      currency,
      Object.fromEntries(
        Object.entries({ ...rest, ...byMethod }).map(([name, minor]) => [name, plainMoney(minor ?? 0, currency)]),
      ),
    ]),
  );
}

/** @returns undefined while a field holds no amount */
function limitsOf(typed: Record<string, Typed>): MerchantLimits | undefined {
  const limits: Record<string, MerchantLimits[string]> = {};
  for (const [currency, fields] of Object.entries(typed)) {
    const minors = new Map<string, number>();
    for (const [name, text] of Object.entries(fields)) {
      if (!text?.trim()) continue;
      const minor = parseMoney(text, currency);
      if (!minor || minor < 0) return undefined;
      minors.set(name, minor);
    }
    const own = (names: readonly string[]) => Object.fromEntries([...minors].filter(([name]) => names.includes(name)));
    const byMethod = own(methods);
    if (minors.size > 0) {
      limits[currency] = { ...own(spans), ...(Object.keys(byMethod).length > 0 && { methods: byMethod }) };
    }
  }
  return limits;
}

/** Tier and limits as they are to be; somebody else approves. */
export function LimitsModal({ merchant, onClose }: { merchant: MerchantDetail; onClose: () => void }) {
  const t = useTranslations("console.merchants");
  const { message } = App.useApp();
  const { setLimits } = useMerchantActions(merchant.id);
  const [tier, setTier] = useState(merchant.tier);
  const [typed, setTyped] = useState(() => typedOf(merchant.limits));
  const [reason, setReason] = useState("");
  const limits = limitsOf(typed);
  const submit = () =>
    limits &&
    setLimits.mutate(
      { tier, limits, reason },
      {
        onSuccess: () => {
          message.success(t("proposed"));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      width={640}
      title={t("limits.change")}
      onCancel={onClose}
      onOk={submit}
      okText={t("propose")}
      cancelText={t("cancel")}
      okButtonProps={{ disabled: !limits || reason.trim() === "", loading: setLimits.isPending }}
    >
      <div className={styles.form}>
        {setLimits.error && <ProblemAlert error={setLimits.error} />}
        <p>{t("limits.help")}</p>
        <div className={styles.field}>
          <span>{t("columns.tier")}</span>
          <Select
            aria-label={t("columns.tier")}
            value={tier}
            onChange={setTier}
            options={tiers.map((value) => ({ value, label: t(`tiers.${value}`) }))}
          />
        </div>
        {Object.entries(typed).map(([currency, fields]) => (
          <CurrencyFields
            key={currency}
            currency={currency}
            fields={fields}
            onChange={(next) => setTyped({ ...typed, [currency]: next })}
            onRemove={() => setTyped(Object.fromEntries(Object.entries(typed).filter(([code]) => code !== currency)))}
          />
        ))}
        <Select
          aria-label={t("limits.add")}
          placeholder={t("limits.add")}
          showSearch
          value={null}
          options={currencyCodes.filter((code) => !typed[code]).map((value) => ({ value, label: value }))}
          onChange={(code: string | null) => code && setTyped({ ...typed, [code]: {} })}
        />
        <ReasonField label={t("reason")} value={reason} onChange={setReason} />
        <p>{t("twoPeople")}</p>
      </div>
    </Modal>
  );
}

function CurrencyFields(props: {
  readonly currency: string;
  readonly fields: Typed;
  onChange(fields: Typed): void;
  onRemove(): void;
}) {
  const t = useTranslations("console.merchants.limits");
  const method = useTranslations("dashboard.methods");
  const id = useId();
  const { currency, fields, onChange } = props;
  const names: readonly (readonly [Field, string])[] = [
    ...spans.map((span) => [span, t(span)] as const),
    ...methods.map((name) => [name, method(name)] as const),
  ];
  return (
    <fieldset className={styles.currency}>
      <legend>
        {currency}{" "}
        <Button
          size="small"
          type="text"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={t("remove", { currency })}
          onClick={props.onRemove}
        />
      </legend>
      {names.map(([name, label]) => (
        <div key={name} className={styles.field}>
          <label htmlFor={`${id}${name}`}>{label}</label>
          <MoneyInput
            id={`${id}${name}`}
            currency={currency}
            value={fields[name] ?? ""}
            onChange={(text) => onChange({ ...fields, [name]: text })}
          />
        </div>
      ))}
    </fieldset>
  );
}
