"use client";

import { App, Button, Select } from "antd";
import { useTranslations } from "next-intl";
import { useWebhookActions, useWebhookDeliveries, type WebhookDelivery } from "../api/webhooks.ts";
import { DataList } from "../pieces/data-list.tsx";
import { Empty } from "../pieces/empty.tsx";
import { Moment } from "../pieces/moment.tsx";
import { NothingFound } from "../pieces/nothing-found.tsx";
import { Panel } from "../pieces/page-head.tsx";
import { type State, StateTag } from "../pieces/state-tag.tsx";
import { useUrlFilter } from "../pieces/use-url-filter.ts";
import { useSession } from "../session.tsx";
import styles from "./webhooks.module.css";

const pageSize = 20;
const statuses = ["pending", "succeeded", "failed"] as const;

/** What was sent to the endpoints, and what they answered. */
export function DeliveryList() {
  const t = useTranslations("dashboard.webhooks");
  const states = useTranslations("dashboard.states");
  const filter = useUrlFilter(["status"] as const);
  const status = statuses.find((name) => name === filter.values.status);
  const result = useWebhookDeliveries({ limit: pageSize, starting_after: filter.after, status });
  return (
    <Panel
      title={t("deliveries")}
      isFlush
      action={
        <Select
          className={styles.status}
          aria-label={t("columns.status")}
          placeholder={t("columns.status")}
          allowClear
          value={status}
          options={statuses.map((value) => ({ value, label: states(value) }))}
          onChange={(value?: string) => filter.set({ status: value })}
        />
      }
    >
      <DataList<WebhookDelivery>
        label={t("deliveries")}
        result={result}
        paging={filter}
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
            title: <span className={styles.hidden}>{t("columns.actions")}</span>,
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
            <Resend delivery={row} />
          </span>
        )}
        empty={filter.isFiltered ? <NothingFound onClear={filter.clear} /> : <Empty title={t("noDeliveries")} />}
      />
    </Panel>
  );
}

function stateOf({ status, try_count }: WebhookDelivery): State {
  return status === "pending" && try_count > 0 ? "retrying" : status;
}

function Answer({ delivery }: { delivery: WebhookDelivery }) {
  const t = useTranslations("dashboard.webhooks.errors");
  const error = delivery.error as "timeout" | null;
  const why = error && (t.has(error) ? t(error) : error);
  return <span className={styles.answer}>{delivery.response_status ?? why ?? "—"}</span>;
}

function Resend({ delivery }: { delivery: WebhookDelivery }) {
  const t = useTranslations("dashboard.webhooks");
  const { message } = App.useApp();
  const { can } = useSession();
  const { resend } = useWebhookActions();
  if (!can("webhooks:write") || delivery.status === "pending") return null;
  return (
    <Button
      size="small"
      loading={resend.isPending}
      onClick={() =>
        resend.mutate(delivery.id, {
          onSuccess: () => message.success(t("resent")),
          onError: (error) => message.error(error.message),
        })
      }
    >
      {t("resend")}
    </Button>
  );
}
