"use client";

import { Input, InputNumber, Switch } from "antd";
import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "../../merchant/format.ts";
import { isAmounts } from "../pieces/amounts.ts";
import { AmountsEditor } from "./amounts-editor.tsx";
import styles from "./parameters.module.css";

/** Numbers by name, such as minutes by priority. */
function isNumbers(value: unknown): value is Record<string, number> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((count) => typeof count === "number")
  );
}

/** What the names inside a value are called; one without a text shows itself. */
function useNameOf(): (name: string) => string {
  const t = useTranslations("console.parameters.keys");
  return (name) => {
    const key = name as Parameters<typeof t.has>[0];
    return t.has(key) ? t(key) : name;
  };
}

export function ParameterValue({ value }: { value: unknown }) {
  const t = useTranslations("console.parameters");
  const nameOf = useNameOf();
  const locale = useLocale();
  if (isAmounts(value)) {
    return (
      <span className={styles.amounts}>
        {Object.entries(value).map(([currency, minor]) => (
          <span key={currency}>
            {currency} {formatMoney(locale, minor, currency)}
          </span>
        ))}
      </span>
    );
  }
  if (isNumbers(value)) {
    return (
      <span className={styles.amounts}>
        {Object.entries(value).map(([name, count]) => (
          <span key={name}>
            {nameOf(name)} {new Intl.NumberFormat(locale).format(count)}
          </span>
        ))}
      </span>
    );
  }
  if (typeof value === "boolean") return t(value ? "on" : "off");
  if (typeof value === "number") return new Intl.NumberFormat(locale).format(value);
  return typeof value === "string" ? value : <code>{JSON.stringify(value)}</code>;
}

interface EditorProps {
  readonly label: string;
  readonly value: unknown;
  onChange(value: unknown): void;
}

/** The field that fits the value's kind: amounts by currency, a number, a switch, text, or JSON for anything else. */
export function ParameterEditor({ label, value, onChange }: EditorProps) {
  if (isAmounts(value)) return <AmountsEditor label={label} value={value} onChange={onChange} />;
  if (isNumbers(value)) return <NumbersEditor label={label} value={value} onChange={onChange} />;
  if (typeof value === "number") {
    return <InputNumber aria-label={label} value={value} onChange={(next) => next !== null && onChange(next)} />;
  }
  if (typeof value === "boolean") return <Switch aria-label={label} checked={value} onChange={onChange} />;
  if (typeof value === "string") {
    return <Input aria-label={label} value={value} onChange={(event) => onChange(event.target.value)} />;
  }
  return <JsonEditor label={label} value={value} onChange={onChange} />;
}

function NumbersEditor({ label, value, onChange }: EditorProps & { value: Record<string, number> }) {
  const nameOf = useNameOf();
  return (
    <span className={styles.editor}>
      {Object.entries(value).map(([name, count]) => (
        <InputNumber
          key={name}
          prefix={nameOf(name)}
          aria-label={`${label} ${nameOf(name)}`}
          value={count}
          onChange={(next) => next !== null && onChange({ ...value, [name]: next })}
          style={{ width: "100%" }}
        />
      ))}
    </span>
  );
}

function JsonEditor({ label, value, onChange }: EditorProps) {
  return (
    <Input.TextArea
      aria-label={label}
      rows={6}
      defaultValue={JSON.stringify(value, null, 2)}
      onChange={(event) => {
        try {
          onChange(JSON.parse(event.target.value));
        } catch {
          // Half-typed text is no value yet.
        }
      }}
    />
  );
}
