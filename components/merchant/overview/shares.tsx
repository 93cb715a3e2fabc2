"use client";

import { useLocale, useTranslations } from "next-intl";
import { Bars } from "#components/charts/bars";
import { ChartPanel } from "#components/charts/chart-panel";
import type { CurrencyOverview, Overview, Share } from "../api/overview.ts";
import { formatMoney, plainMoney } from "../format.ts";
import { formatCount, formatShare } from "./numbers.ts";

const mostBars = 6;

interface Props {
  readonly kind: "methods" | "countries";
  readonly overview: Overview;
  readonly mine: CurrencyOverview;
}

/** Which methods, or countries, the money came by. */
export function Shares({ kind, overview, mine }: Props) {
  const t = useTranslations("dashboard.overview.shares");
  const locale = useLocale();
  const nameOf = useNames(kind);
  const shares = mine[kind];
  const whole = shares.reduce((sum, { gross }) => sum + gross, 0);
  const first = shares[0];
  const part = (share: Share) => (whole === 0 ? 0 : share.gross / whole);
  const finding = first
    ? t(`${kind}.finding`, { name: nameOf(first.key), share: formatShare(locale, part(first)) })
    : t(`${kind}.nothing`);
  return (
    <ChartPanel
      title={finding}
      note={t(`${kind}.note`)}
      fileName={`${kind}-${mine.currency}-${overview.from}-${overview.to}`}
      table={{
        head: [t(`${kind}.name`), `${t("gross")} (${mine.currency})`, t("payments"), t("share")],
        rows: shares.map((share) => ({
          key: share.key,
          cells: [
            { text: nameOf(share.key), value: nameOf(share.key) },
            { text: formatMoney(locale, share.gross, mine.currency), value: plainMoney(share.gross, mine.currency) },
            { text: formatCount(locale, share.payments), value: share.payments },
            { text: formatShare(locale, part(share)), value: part(share).toFixed(4) },
          ],
        })),
      }}
    >
      <Bars
        bars={withRest(shares).map((share) => ({
          key: share.key,
          name: share.key === restKey ? t("rest") : nameOf(share.key),
          value: formatMoney(locale, share.gross, mine.currency),
          note: t("note", { share: formatShare(locale, part(share)), payments: share.payments }),
          share: part(share),
        }))}
      />
    </ChartPanel>
  );
}

const restKey = "rest";

/** The largest, and the others as one. */
function withRest(shares: readonly Share[]): Share[] {
  if (shares.length <= mostBars) return [...shares];
  const rest = shares.slice(mostBars - 1);
  return [
    ...shares.slice(0, mostBars - 1),
    {
      key: restKey,
      gross: rest.reduce((sum, { gross }) => sum + gross, 0),
      payments: rest.reduce((sum, { payments }) => sum + payments, 0),
    },
  ];
}

function useNames(kind: Props["kind"]): (key: string) => string {
  const methods = useTranslations("dashboard.methods");
  const t = useTranslations("dashboard.overview.shares");
  const locale = useLocale();
  if (kind === "methods") return (key) => (methods.has(key as "alipay") ? methods(key as "alipay") : key);
  const names = new Intl.DisplayNames(locale, { type: "region" });
  return (key) => (key === "" ? t("unknownCountry") : (names.of(key) ?? key));
}
