"use client";

import { Skeleton } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { stateOfOrder } from "../../merchant/orders/order-statuses.ts";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { Money } from "../../merchant/pieces/money.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { StateTag } from "../../merchant/pieces/state-tag.tsx";
import { usePlatformOrders } from "../api/orders.ts";
import type { World } from "../api/overview.ts";
import styles from "./wall.module.css";

const shown = 12;
const liveMs = 3_000;

/** The latest orders of all merchants, as they come and change. */
export function LiveStream({ mode }: { mode: World }) {
  const t = useTranslations("console.wall");
  const { data, error, refetch } = usePlatformOrders({ mode, limit: shown }, liveMs);
  if (!data) return error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : <Skeleton active />;
  if (data.data.length === 0) return <p className={styles.nothing}>{t("nothing")}</p>;
  return (
    <ul className={styles.stream}>
      {data.data.map((order) => (
        <li key={order.id}>
          <Link href={`/console/orders/${order.id}`} prefetch={false}>
            <strong>
              <Money minor={order.amount} currency={order.currency} />
            </strong>
            <StateTag state={stateOfOrder(order.status)} />
            <span>{order.merchant.name}</span>
            <Moment at={order.created_at} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
