"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Facts } from "../../merchant/pieces/facts.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { Money } from "../../merchant/pieces/money.tsx";

/** The facts that are told, and in which order; a sum takes its currency along. */
const order = [
  "order_amount",
  "received_amount",
  "amount",
  "order_status",
  "status",
  "source",
  "failure_code",
  "attempt",
  "refund",
  "order",
  "channel",
  "channel_account",
  "provider_reference",
  "reference",
  "refund_reference",
  "notification",
  "queries",
  "happened_at",
  "begun_at",
  "findings",
] as const;
type Fact = (typeof order)[number];

const currencyOf: Partial<Record<Fact, string>> = {
  order_amount: "order_currency",
  received_amount: "received_currency",
  amount: "currency",
};

/** What the system saw, as a person reads it. */
export function Evidence({ facts }: { facts: Readonly<Record<string, unknown>> }) {
  const t = useTranslations("console.errorCases.facts");
  return <Facts facts={order.map((name) => [t(name), shown(name, facts)] as const)} />;
}

function shown(name: Fact, facts: Readonly<Record<string, unknown>>): ReactNode {
  const value = facts[name];
  if (value === undefined || value === null) return null;
  const currency = currencyOf[name] && facts[currencyOf[name]];
  if (typeof currency === "string" && typeof value === "number") return <Money minor={value} currency={currency} />;
  if (name.endsWith("_at")) return <Moment at={String(value)} isExact />;
  if (Array.isArray(value)) return value.map((line) => <div key={String(line)}>{String(line)}</div>);
  return <code>{String(value)}</code>;
}
