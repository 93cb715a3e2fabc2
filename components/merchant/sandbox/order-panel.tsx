"use client";

import { Button, Select, Skeleton } from "antd";
import { useLocale, useTranslations } from "next-intl";
import { type Order, useOrders } from "../api/orders.ts";
import { useSandboxActions, useSandboxOrder } from "../api/sandbox.ts";
import { useMethodName } from "../channel-accounts/method-name.ts";
import { formatMoney } from "../format.ts";
import { Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useUrlFilter } from "../pieces/use-url-filter.ts";
import { OrderState } from "./order-state.tsx";
import styles from "./sandbox.module.css";
import { ShopperActs } from "./shopper-acts.tsx";

const listed = 20;
const sample = { amount: 8_800, currency: "CNY" } as const;
const methods = ["wechat_pay", "alipay", "card"] as const;

/** One test order: chosen or made, started with a method, and then driven to whatever end. */
export function OrderPanel() {
  const t = useTranslations("dashboard.sandbox");
  const filter = useUrlFilter(["order"] as const);
  const orders = useOrders({ limit: listed });
  const id = filter.values.order;
  const chosen = useSandboxOrder(id);
  const { createOrder, start } = useSandboxActions();
  const create = () =>
    createOrder.mutate({ ...sample, subject: t("subject") }, { onSuccess: (order) => filter.set({ order: order.id }) });
  return (
    <Panel title={t("order.title")}>
      <div className={styles.stack}>
        <div className={styles.row}>
          <OrderSelect
            orders={orders.data?.data ?? []}
            current={chosen.data?.order}
            value={id}
            onChange={(order) => filter.set({ order })}
          />
          <Button loading={createOrder.isPending} onClick={create}>
            {t("order.create")}
          </Button>
        </div>
        {createOrder.error && <ProblemAlert error={createOrder.error} />}
        {!id && <p className={styles.soft}>{t("order.help")}</p>}
        {id && !chosen.data && !chosen.error && <Skeleton active />}
        {id && !chosen.data && chosen.error && <ProblemAlert error={chosen.error} onRetry={chosen.refetch} />}
        {id && chosen.data && (
          <>
            <OrderState {...chosen.data} />
            <MethodButtons
              order={chosen.data.order}
              isPending={start.isPending}
              onStart={(method) => start.mutate({ order: id, method })}
            />
            {start.error && <ProblemAlert error={start.error} />}
            {chosen.data.attempt && <ShopperActs order={chosen.data.order} attempt={chosen.data.attempt} />}
          </>
        )}
      </div>
    </Panel>
  );
}

interface SelectProps {
  readonly orders: readonly Order[];
  /** The chosen one, which may be older than those listed. */
  readonly current: Order | undefined;
  readonly value: string | undefined;
  readonly onChange: (id: string | undefined) => void;
}

function OrderSelect({ orders, current, value, onChange }: SelectProps) {
  const t = useTranslations("dashboard.sandbox.order");
  const states = useTranslations("dashboard.states");
  const locale = useLocale();
  const isListed = orders.some((order) => order.id === current?.id);
  const shown = current && !isListed ? [current, ...orders] : orders;
  return (
    <Select
      showSearch={{ optionFilterProp: "label" }}
      allowClear
      className={styles.grow}
      aria-label={t("choose")}
      placeholder={t("choose")}
      value={value}
      options={shown.map((order) => ({
        value: order.id,
        label: `${order.merchant_order_no} · ${formatMoney(locale, order.amount, order.currency)} · ${states(order.status === "pending" ? "unpaid" : order.status)}`,
      }))}
      onChange={onChange}
    />
  );
}

function MethodButtons(props: { order: Order; isPending: boolean; onStart: (method: string) => void }) {
  const t = useTranslations("dashboard.sandbox.order");
  const methodName = useMethodName();
  if (props.order.status !== "pending") return null;
  return (
    <div className={styles.stack}>
      <p className={styles.soft}>{t("start")}</p>
      <div className={styles.row}>
        {methods.map((method) => (
          <Button key={method} disabled={props.isPending} onClick={() => props.onStart(method)}>
            {methodName(method)}
          </Button>
        ))}
        <Button type="link" href={props.order.checkout_url} target="_blank" rel="noopener">
          {t("checkout")}
        </Button>
      </div>
    </div>
  );
}
