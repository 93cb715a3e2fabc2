"use client";

import { Select, type TableColumnsType } from "antd";
import { useTranslations } from "next-intl";
import { DataList } from "../../merchant/pieces/data-list.tsx";
import { Empty } from "../../merchant/pieces/empty.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { Money } from "../../merchant/pieces/money.tsx";
import { NothingFound } from "../../merchant/pieces/nothing-found.tsx";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import { SearchField } from "../../merchant/pieces/search-field.tsx";
import { useUrlFilter } from "../../merchant/pieces/use-url-filter.ts";
import { type MerchantRow, useMerchants } from "../api/merchants.ts";
import styles from "./merchants.module.css";
import { LiveState, MerchantState } from "./words.tsx";

const pageSize = 25;
const choices = {
  status: ["active", "suspended"],
  live_status: ["not_applied", "submitted", "information_asked", "approved", "rejected"],
  tier: ["low", "standard", "high"],
} as const;

/** Every merchant: found by name, by how far it is, by tier. */
export function MerchantsPage() {
  const t = useTranslations("console.merchants");
  const filter = useUrlFilter(["q", "status", "live_status", "tier"] as const);
  const { q, status, live_status, tier } = filter.values;
  const result = useMerchants({ q, status, live_status, tier, limit: pageSize, starting_after: filter.after });
  const options = {
    status: choices.status.map((value) => ({ value, label: t(`states.${value}`) })),
    live_status: choices.live_status.map((value) => ({ value, label: t(`live.${value}`) })),
    tier: choices.tier.map((value) => ({ value, label: t(`tiers.${value}`) })),
  };
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <search className={styles.filters}>
        <SearchField label={t("search")} value={q} onSearch={(text) => filter.set({ q: text })} />
        {(["status", "live_status", "tier"] as const).map((name) => (
          <Select<string>
            key={name}
            aria-label={t(`columns.${name}`)}
            placeholder={t(`columns.${name}`)}
            allowClear
            value={filter.values[name] ?? null}
            options={options[name]}
            onChange={(value) => filter.set({ [name]: value })}
          />
        ))}
      </search>
      <Panel isFlush>
        <DataList<MerchantRow>
          label={t("title")}
          result={result}
          columns={useColumns()}
          card={(merchant) => <MerchantCard merchant={merchant} />}
          hrefOf={({ id }) => `/console/merchants/${id}`}
          paging={filter}
          empty={filter.isFiltered ? <NothingFound onClear={filter.clear} /> : <Empty title={t("nobody")} />}
        />
      </Panel>
    </>
  );
}

/** The largest one of live mode, or of test mode when nothing was taken yet. */
function MainVolume({ merchant }: { merchant: MerchantRow }) {
  const t = useTranslations("console.merchants");
  const main = merchant.volumes[0];
  if (!main) return <span className={styles.soft}>–</span>;
  return (
    <span className={styles.name}>
      <Money minor={main.gross} currency={main.currency} />
      {!main.livemode && <span>{t("testMode")}</span>}
    </span>
  );
}

function useColumns(): TableColumnsType<MerchantRow> {
  const t = useTranslations("console.merchants");
  return [
    {
      title: t("columns.name"),
      key: "name",
      render: (_, merchant) => (
        <span className={styles.name}>
          <strong>{merchant.name}</strong>
          <span>
            {merchant.country} · {merchant.id}
          </span>
        </span>
      ),
    },
    {
      title: t("columns.status"),
      key: "status",
      width: 130,
      render: (_, { status }) => <MerchantState status={status} />,
    },
    {
      title: t("columns.live_status"),
      key: "live",
      width: 170,
      render: (_, { live_status }) => <LiveState status={live_status} />,
    },
    { title: t("columns.tier"), key: "tier", width: 110, render: (_, { tier }) => t(`tiers.${tier}`) },
    {
      title: t("columns.volume"),
      key: "volume",
      width: 190,
      align: "right",
      render: (_, merchant) => <MainVolume merchant={merchant} />,
    },
    { title: t("columns.since"), key: "since", width: 150, render: (_, { created_at }) => <Moment at={created_at} /> },
  ];
}

function MerchantCard({ merchant }: { merchant: MerchantRow }) {
  return (
    <span className={styles.card}>
      <strong>{merchant.name}</strong>
      <MerchantState status={merchant.status} />
      <LiveState status={merchant.live_status} />
      <MainVolume merchant={merchant} />
    </span>
  );
}
