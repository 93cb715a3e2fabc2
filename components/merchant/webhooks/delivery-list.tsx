"use client";

import { Select } from "antd";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { eventTypes } from "#lib/webhooks/event-types";
import { useWebhookDeliveries, type WebhookDelivery, type WebhookEndpoint } from "../api/webhooks.ts";
import { DataList } from "../pieces/data-list.tsx";
import { Empty } from "../pieces/empty.tsx";
import { Hidden } from "../pieces/hidden.tsx";
import { Moment } from "../pieces/moment.tsx";
import { NothingFound } from "../pieces/nothing-found.tsx";
import { Panel } from "../pieces/page-head.tsx";
import { StateTag } from "../pieces/state-tag.tsx";
import { useUrlFilter } from "../pieces/use-url-filter.ts";
import { DeliveryDrawer } from "./delivery-drawer.tsx";
import { Answer, Resend, stateOf } from "./delivery-pieces.tsx";
import styles from "./webhooks.module.css";

const pageSize = 20;
const statuses = ["pending", "succeeded", "failed"] as const;

/** What was sent to the endpoints, and what they answered; one that is opened stands in the address too. */
export function DeliveryList({ endpoints }: { endpoints: readonly WebhookEndpoint[] }) {
  const t = useTranslations("dashboard.webhooks");
  const states = useTranslations("dashboard.states");
  const filter = useUrlFilter(["status", "event_type", "endpoint"] as const);
  const status = statuses.find((name) => name === filter.values.status);
  const eventType = eventTypes.find((name) => name === filter.values.event_type);
  const endpoint = endpoints.find(({ id }) => id === filter.values.endpoint)?.id;
  const result = useWebhookDeliveries({
    limit: pageSize,
    starting_after: filter.after,
    status,
    event_type: eventType,
    endpoint,
  });
  const search = useSearchParams();
  const path = usePathname();
  const router = useRouter();
  const opened = search.get("delivery");
  const addressOf = (id: string | undefined) => {
    const next = new URLSearchParams(search);
    if (id) next.set("delivery", id);
    else next.delete("delivery");
    return next.size > 0 ? `${path}?${next}` : path;
  };
  return (
    <Panel
      title={t("deliveries")}
      isFlush
      action={
        <span className={styles.filters}>
          {endpoints.length > 1 && (
            <Select
              className={styles.endpointFilter}
              aria-label={t("columns.url")}
              placeholder={t("columns.url")}
              allowClear
              value={endpoint}
              options={endpoints.map(({ id, url }) => ({ value: id, label: url }))}
              onChange={(value?: string) => filter.set({ endpoint: value })}
            />
          )}
          <Select
            className={styles.eventFilter}
            aria-label={t("columns.event")}
            placeholder={t("columns.event")}
            allowClear
            value={eventType}
            options={eventTypes.map((value) => ({ value, label: value }))}
            onChange={(value?: string) => filter.set({ event_type: value })}
          />
          <Select
            className={styles.status}
            aria-label={t("columns.status")}
            placeholder={t("columns.status")}
            allowClear
            value={status}
            options={statuses.map((value) => ({ value, label: states(value) }))}
            onChange={(value?: string) => filter.set({ status: value })}
          />
        </span>
      }
    >
      <DataList<WebhookDelivery>
        label={t("deliveries")}
        result={result}
        paging={filter}
        hrefOf={(row) => addressOf(row.id)}
        columns={[
          { title: t("columns.event"), dataIndex: "event_type", ellipsis: true },
          {
            title: t("columns.status"),
            key: "status",
            width: 150,
            render: (_, row) => <StateTag state={stateOf(row)} />,
          },
          { title: t("columns.answer"), key: "answer", ellipsis: true, render: (_, row) => <Answer delivery={row} /> },
          { title: t("columns.tries"), dataIndex: "try_count", width: 90, align: "right" },
          {
            title: t("columns.last"),
            key: "last",
            width: 170,
            render: (_, row) => <Moment at={row.last_try_at ?? row.created_at} />,
          },
          {
            title: <Hidden>{t("columns.actions")}</Hidden>,
            key: "actions",
            width: 120,
            align: "right",
            render: (_, row) => <Resend delivery={row} />,
          },
        ]}
        card={(row) => (
          <span className={styles.card}>
            <strong>{row.event_type}</strong>
            <StateTag state={stateOf(row)} />
            <Answer delivery={row} />
            <Moment at={row.last_try_at ?? row.created_at} />
          </span>
        )}
        empty={filter.isFiltered ? <NothingFound onClear={filter.clear} /> : <Empty title={t("noDeliveries")} />}
      />
      {opened && <DeliveryDrawer id={opened} onClose={() => router.push(addressOf(undefined), { scroll: false })} />}
    </Panel>
  );
}
