"use client";

import { useTranslations } from "next-intl";
import { type Order, useOrders } from "../api/orders.ts";
import { ExportButton } from "../exports/export-button.tsx";
import { DataList } from "../pieces/data-list.tsx";
import { Empty } from "../pieces/empty.tsx";
import { LookMenu } from "../pieces/look-menu.tsx";
import { NothingFound } from "../pieces/nothing-found.tsx";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { momentsOf } from "../pieces/period-filter.tsx";
import { chosenColumns, useListLook } from "../pieces/use-list-look.ts";
import { useUrlFilter } from "../pieces/use-url-filter.ts";
import { ViewMenu } from "../pieces/view-menu.tsx";
import { useSession } from "../session.tsx";
import { FirstOrder } from "./first-order.tsx";
import { OpenTestOrder } from "./open-test-order.tsx";
import { OrderCard, ownColumns, useOrderColumns } from "./order-columns.tsx";
import { OrderFilters, orderFilterNames } from "./order-filters.tsx";
import { orderStatuses } from "./order-statuses.ts";

const pageSize = 25;

export function OrdersPage() {
  const t = useTranslations("dashboard.orders");
  const { timeZone } = useSession().merchant;
  const filter = useUrlFilter(orderFilterNames);
  const { status, number, method, channel, currency, min, max, shopper } = filter.values;
  const [look, setLook] = useListLook("orders");
  const columns = useOrderColumns();
  const period = momentsOf(filter.values, timeZone);
  const query = {
    status: orderStatuses.find((name) => name === status),
    merchant_order_no: number,
    created_from: period.from,
    created_to: period.to,
    method,
    channel,
    currency,
    amount_min: min,
    amount_max: max,
    shopper,
  };
  const result = useOrders({ ...query, limit: pageSize, starting_after: filter.after });
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("zone", { zone: timeZone })}
        action={<ExportButton list="orders" filters={query} />}
      />
      <OrderFilters filter={filter}>
        <ViewMenu list="orders" names={orderFilterNames} filter={filter} look={look} onLook={setLook} />
        <LookMenu
          columns={columns.map(({ key, title }) => ({ key: String(key), name: String(title) }))}
          own={ownColumns}
          look={look}
          onChange={setLook}
        />
      </OrderFilters>
      <Panel isFlush>
        <DataList<Order>
          label={t("title")}
          result={result}
          columns={chosenColumns(columns, look.columns, ownColumns)}
          density={look.density}
          card={(order) => <OrderCard order={order} />}
          hrefOf={(order) => `/dashboard/orders/${order.id}`}
          paging={filter}
          empty={
            filter.isFiltered ? (
              <NothingFound onClear={filter.clear} />
            ) : (
              <Empty title={t("none")}>
                <OpenTestOrder />
                <FirstOrder />
              </Empty>
            )
          }
        />
      </Panel>
    </>
  );
}
