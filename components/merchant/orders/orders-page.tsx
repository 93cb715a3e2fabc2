"use client";

import { useTranslations } from "next-intl";
import { type Order, useOrders } from "../api/orders.ts";
import { dayStart } from "../format.ts";
import { DataList } from "../pieces/data-list.tsx";
import { Empty } from "../pieces/empty.tsx";
import { NothingFound } from "../pieces/nothing-found.tsx";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { useUrlFilter } from "../pieces/use-url-filter.ts";
import { useSession } from "../session.tsx";
import { FirstOrder } from "./first-order.tsx";
import { OrderCard, useOrderColumns } from "./order-columns.tsx";
import { OrderFilters, orderFilterNames } from "./order-filters.tsx";
import { orderStatuses } from "./order-statuses.ts";

const pageSize = 25;

export function OrdersPage() {
  const t = useTranslations("dashboard.orders");
  const { timeZone } = useSession().merchant;
  const filter = useUrlFilter(orderFilterNames);
  const { status, number, from, to } = filter.values;
  const result = useOrders({
    limit: pageSize,
    starting_after: filter.after,
    status: orderStatuses.find((name) => name === status),
    merchant_order_no: number,
    created_from: from && dayStart(from, timeZone)?.toISOString(),
    // The last day counts in full: up to a millisecond before the next one begins.
    created_to: to && lastMoment(to, timeZone),
  });
  return (
    <>
      <PageHead title={t("title")} note={t("zone", { zone: timeZone })} />
      <OrderFilters filter={filter} />
      <Panel isFlush>
        <DataList<Order>
          label={t("title")}
          result={result}
          columns={useOrderColumns()}
          card={(order) => <OrderCard order={order} />}
          hrefOf={(order) => `/dashboard/orders/${order.id}`}
          paging={filter}
          empty={
            filter.isFiltered ? (
              <NothingFound onClear={filter.clear} />
            ) : (
              <Empty title={t("none")}>
                <FirstOrder />
              </Empty>
            )
          }
        />
      </Panel>
    </>
  );
}

function lastMoment(day: string, timeZone: string): string | undefined {
  const next = dayStart(day, timeZone, 1);
  return next && new Date(next.getTime() - 1).toISOString();
}
