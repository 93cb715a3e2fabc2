"use client";

import { Select, type TableColumnsType, Tag } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { orderStatuses, stateOfOrder } from "../../merchant/orders/order-statuses.ts";
import { DataList } from "../../merchant/pieces/data-list.tsx";
import { Empty } from "../../merchant/pieces/empty.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { Money } from "../../merchant/pieces/money.tsx";
import { NothingFound } from "../../merchant/pieces/nothing-found.tsx";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import { SearchField } from "../../merchant/pieces/search-field.tsx";
import { StateTag } from "../../merchant/pieces/state-tag.tsx";
import { useUrlFilter } from "../../merchant/pieces/use-url-filter.ts";
import { type PlatformOrder, usePlatformOrders } from "../api/orders.ts";
import { ModeSwitch, useMode } from "../pieces/mode-switch.tsx";
import styles from "./orders.module.css";

const pageSize = 25;

/** Orders of all merchants, newest first. */
export function PlatformOrdersPage() {
  const t = useTranslations("console.orders");
  const states = useTranslations("dashboard.states");
  const filter = useUrlFilter(["mode", "merchant", "status", "text"] as const);
  const { merchant, status, text } = filter.values;
  const mode = useMode(filter.values.mode);
  const result = usePlatformOrders({ mode, merchant, status, text, limit: pageSize, starting_after: filter.after });
  const whose = result.data?.data[0]?.merchant;
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <div className={styles.filters}>
        <ModeSwitch mode={mode} onChange={(value) => filter.set({ mode: value })} />
        <SearchField
          className={styles.search}
          label={t("search")}
          value={text}
          onSearch={(wanted) => filter.set({ text: wanted })}
        />
        <Select
          className={styles.status}
          aria-label={t("columns.status")}
          placeholder={t("columns.status")}
          allowClear
          value={orderStatuses.find((name) => name === status)}
          options={orderStatuses.map((value) => ({ value, label: states(stateOfOrder(value)) }))}
          onChange={(value?: string) => filter.set({ status: value })}
        />
        {merchant && (
          <Tag closable onClose={() => filter.set({ merchant: undefined })}>
            {whose?.id === merchant ? whose.name : merchant}
          </Tag>
        )}
      </div>
      <Panel isFlush>
        <DataList<PlatformOrder>
          label={t("title")}
          result={result}
          columns={useColumns((id) => filter.set({ merchant: id }))}
          card={(order) => <OrderCard order={order} />}
          hrefOf={({ id }) => `/console/orders/${id}`}
          paging={filter}
          empty={
            merchant || status || text ? (
              <NothingFound onClear={filter.clear} />
            ) : (
              <Empty title={t(mode === "live" ? "noneLive" : "noneTest")} />
            )
          }
        />
      </Panel>
    </>
  );
}

function useColumns(onMerchant: (id: string) => void): TableColumnsType<PlatformOrder> {
  const t = useTranslations("console.orders.columns");
  const methods = useTranslations("dashboard.methods");
  return [
    {
      title: t("amount"),
      key: "amount",
      align: "right",
      width: 170,
      render: (_, order) => (
        <strong>
          <Money minor={order.amount} currency={order.currency} />
        </strong>
      ),
    },
    {
      title: t("status"),
      key: "status",
      width: 170,
      render: (_, order) => <StateTag state={stateOfOrder(order.status)} />,
    },
    {
      title: t("merchant"),
      key: "merchant",
      ellipsis: true,
      render: (_, { merchant }) => (
        <button type="button" className={styles.merchant} onClick={() => onMerchant(merchant.id)}>
          {merchant.name}
        </button>
      ),
    },
    {
      title: t("number"),
      key: "number",
      ellipsis: true,
      render: (_, order) => (
        <Link href={`/console/orders/${order.id}`} prefetch={false}>
          {order.merchant_order_no}
        </Link>
      ),
    },
    {
      title: t("method"),
      key: "method",
      width: 140,
      render: (_, { method }) => (method && methods.has(method as "card") ? methods(method as "card") : method),
    },
    { title: t("created"), key: "created", width: 150, render: (_, order) => <Moment at={order.created_at} /> },
  ];
}

function OrderCard({ order }: { order: PlatformOrder }) {
  return (
    <span className={styles.card}>
      <strong>
        <Money minor={order.amount} currency={order.currency} />
      </strong>
      <StateTag state={stateOfOrder(order.status)} />
      <span>{order.merchant.name}</span>
      <Moment at={order.created_at} />
    </span>
  );
}
