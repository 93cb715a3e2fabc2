"use client";

import { useLocale } from "next-intl";
import { formatMoney } from "../../merchant/format.ts";
import { Moment } from "../../merchant/pieces/moment.tsx";
import type { MerchantLimits } from "../api/merchants.ts";
import { LimitsText } from "../merchants/limits-text.tsx";
import { isAmounts } from "../pieces/amounts.ts";
import styles from "./approvals.module.css";
import { useFactName } from "./words.tsx";

type Facts = Readonly<Record<string, unknown>>;

interface Props {
  readonly facts: Facts;
  /** What the one who proposed saw: what differs is marked. */
  readonly before?: Facts;
}

/** Facts by name; amounts (minor units as text, named amount… beside a `currency`) as money, moments as such. */
export function FactTable({ facts, before }: Props) {
  const factName = useFactName();
  return (
    <table className={styles.facts}>
      <tbody>
        {Object.entries(facts).map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{factName(name)}</th>
            <td data-changed={(before && JSON.stringify(before[name]) !== JSON.stringify(value)) || undefined}>
              <FactValue name={name} value={value} facts={facts} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FactValue({ name, value, facts }: { name: string; value: unknown; facts: Facts }) {
  const locale = useLocale();
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value)) return <Moment at={value} isExact />;
  if (
    /amount|captured|refunded|left/.test(name) &&
    typeof facts.currency === "string" &&
    /^-?\d+$/.test(String(value))
  ) {
    return formatMoney(locale, BigInt(String(value)), facts.currency);
  }
  if (name.startsWith("limits") && typeof value === "object") return <LimitsText limits={value as MerchantLimits} />;
  if (isAmounts(value)) {
    return (
      <span>
        {Object.entries(value)
          .map(([currency, minor]) => formatMoney(locale, minor, currency))
          .join(" · ") || "–"}
      </span>
    );
  }
  return typeof value === "object" ? <code>{JSON.stringify(value)}</code> : String(value);
}
