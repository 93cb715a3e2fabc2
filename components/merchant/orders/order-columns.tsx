"use client";

import type { TableColumnsType } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Order } from "../api/orders.ts";
import { Moment } from "../pieces/moment.tsx";
import { Money } from "../pieces/money.tsx";
import { StateTag } from "../pieces/state-tag.tsx";
import { stateOfOrder } from "./order-statuses.ts";
import styles from "./orders.module.css";

/** Shown where the reader has chosen none. */
export const ownColumns = ["amount", "status", "number", "subject", "created"] as const;

export function useOrderColumns(): TableColumnsType<Order> {
  const t = useTranslations("dashboard.orders.columns");
  return [
    {
      title: t("amount"),
      key: "amount",
      align: "right",
      width: 180,
      render: (_, order) => (
        <strong className={styles.amount}>
          <Money minor={order.amount} currency={order.currency} />
        </strong>
      ),
    },
    {
      title: t("status"),
      key: "status",
      width: 190,
      render: (_, order) => <StateTag state={stateOfOrder(order.status)} />,
    },
    {
      title: t("number"),
      key: "number",
      width: 240,
      ellipsis: true,
      render: (_, order) => (
        <Link href={`/dashboard/orders/${order.id}`} prefetch={false} title={order.merchant_order_no}>
          {order.merchant_order_no}
        </Link>
      ),
    },
    {
      title: t("subject"),
      key: "subject",
      ellipsis: true,
      render: (_, order) => <span title={order.subject}>{order.subject}</span>,
    },
    { title: t("created"), key: "created", width: 170, render: (_, order) => <Moment at={order.created_at} /> },
    {
      title: t("shopper"),
      key: "shopper",
      width: 200,
      ellipsis: true,
      render: (_, { customer }) => customer?.email ?? customer?.phone ?? customer?.name ?? customer?.id,
    },
    { title: t("country"), key: "country", width: 100, render: (_, order) => order.customer?.country },
    {
      title: t("refunded"),
      key: "refunded",
      align: "right",
      width: 160,
      render: (_, order) =>
        order.amount_refunded > 0 && <Money minor={order.amount_refunded} currency={order.currency} />,
    },
    {
      title: t("paid"),
      key: "paid",
      width: 170,
      render: (_, order) => order.paid_at && <Moment at={order.paid_at} />,
    },
    { title: t("id"), key: "id", width: 300, render: (_, order) => <code>{order.id}</code> },
  ];
}

export function OrderCard({ order }: { order: Order }) {
  return (
    <span className={styles.card}>
      <strong>
        <Money minor={order.amount} currency={order.currency} />
      </strong>
      <StateTag state={stateOfOrder(order.status)} />
      <span className={styles.cardText}>{order.subject}</span>
      <span className={styles.cardTime}>
        <Moment at={order.created_at} />
      </span>
      <span className={styles.cardNumber}>{order.merchant_order_no}</span>
    </span>
  );
}
