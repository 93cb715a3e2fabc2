"use client";

import { useLocale } from "next-intl";
import type { CurrencyOverview } from "../api/overview.ts";
import { formatMoney } from "../format.ts";
import { Money } from "../pieces/money.tsx";
import { type Change, Figure } from "./figure.tsx";
import { formatCount, formatShare, growth, pointsBetween } from "./numbers.ts";
import styles from "./overview.module.css";

/** The numbers that a merchant looks at first, of one currency. */
export function Figures({ overview }: { overview: CurrencyOverview }) {
  const locale = useLocale();
  const { currency, totals, balance } = overview;
  const before = overview.previous_totals ?? undefined;
  const money = (minor: number) => <Money minor={minor} currency={currency} isCodeHidden />;
  const known = (value: number | null | undefined) =>
    value === null || value === undefined ? undefined : formatShare(locale, value);
  return (
    <dl className={styles.figures}>
      <Figure
        name="gross"
        value={money(totals.gross)}
        change={inShares(totals.gross, before?.gross)}
        before={before && formatMoney(locale, before.gross, currency)}
      />
      <Figure
        name="payments"
        value={formatCount(locale, totals.payments)}
        change={inShares(totals.payments, before?.payments)}
        before={before && formatCount(locale, before.payments)}
      />
      <Figure
        name="successRate"
        value={known(totals.success_rate) ?? "–"}
        change={inPoints(totals.success_rate, before?.success_rate)}
        before={known(before?.success_rate)}
      />
      <Figure
        name="refundRate"
        value={known(totals.refund_rate) ?? "–"}
        change={inPoints(totals.refund_rate, before?.refund_rate)}
        before={known(before?.refund_rate)}
      />
      <Figure name="pending" value={money(balance.pending)} />
      <Figure name="available" value={money(balance.available)} />
    </dl>
  );
}

function inShares(now: number, before: number | undefined): Change | undefined {
  const by = growth(now, before);
  return by === undefined ? undefined : { by, unit: "share" };
}

function inPoints(now: number | null, before: number | null | undefined): Change | undefined {
  if (now === null || before === null || before === undefined) return undefined;
  return { by: pointsBetween(now, before) / 100, unit: "points" };
}
