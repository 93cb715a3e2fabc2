"use client";

import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useWebhookEndpoints, type WebhookEndpoint } from "../api/webhooks.ts";
import { DataList } from "../pieces/data-list.tsx";
import { Empty } from "../pieces/empty.tsx";
import { Hidden } from "../pieces/hidden.tsx";
import { Moment } from "../pieces/moment.tsx";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { StateTag } from "../pieces/state-tag.tsx";
import { useSession } from "../session.tsx";
import { DeliveryList } from "./delivery-list.tsx";
import { EndpointActions } from "./endpoint-actions.tsx";
import { EndpointModal } from "./endpoint-modal.tsx";
import styles from "./webhooks.module.css";

export function WebhooksPage() {
  const t = useTranslations("dashboard.webhooks");
  const { can } = useSession();
  const [isCreating, setCreating] = useState(false);
  const endpoints = useWebhookEndpoints();
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("note")}
        action={
          can("webhooks:write") && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setCreating(true)}>
              {t("create")}
            </Button>
          )
        }
      />
      <Panel title={t("endpoints")} isFlush>
        <DataList<WebhookEndpoint>
          label={t("endpoints")}
          result={endpoints}
          columns={[
            { title: t("columns.url"), key: "url", render: (_, endpoint) => <EndpointText endpoint={endpoint} /> },
            {
              title: t("columns.status"),
              key: "status",
              width: 150,
              render: (_, endpoint) => <StateTag state={endpoint.status} />,
            },
            {
              title: <Hidden>{t("columns.actions")}</Hidden>,
              key: "actions",
              width: 180,
              align: "right",
              render: (_, endpoint) => <EndpointActions endpoint={endpoint} />,
            },
          ]}
          card={(endpoint) => (
            <span className={styles.card}>
              <EndpointText endpoint={endpoint} />
              <StateTag state={endpoint.status} />
              <EndpointActions endpoint={endpoint} />
            </span>
          )}
          empty={
            <Empty title={t("none")}>
              <p>{t("noneHelp")}</p>
            </Empty>
          }
        />
      </Panel>
      {endpoints.data?.data.length ? <DeliveryList endpoints={endpoints.data.data} /> : null}
      {isCreating && <EndpointModal onClose={() => setCreating(false)} />}
    </>
  );
}

function EndpointText({ endpoint }: { endpoint: WebhookEndpoint }) {
  const t = useTranslations("dashboard.webhooks");
  const isAll = endpoint.event_types.includes("*");
  const isOverlapping = Date.parse(endpoint.previous_secret_expires_at ?? "") > Date.now();
  return (
    <span className={styles.endpoint}>
      <code>{endpoint.url}</code>
      {endpoint.description && <span>{endpoint.description}</span>}
      <span>{isAll ? t("allEvents") : endpoint.event_types.join(", ")}</span>
      {endpoint.disabled_reason && <span>{t(`disabled.${endpoint.disabled_reason}`)}</span>}
      {endpoint.status === "enabled" && endpoint.failing_since && (
        <span className={styles.failing}>
          {t("failingSince")} <Moment at={endpoint.failing_since} />
        </span>
      )}
      {isOverlapping && endpoint.previous_secret_expires_at && (
        <span>
          {t("oldSecretUntil")} <Moment at={endpoint.previous_secret_expires_at} isExact />
        </span>
      )}
    </span>
  );
}
