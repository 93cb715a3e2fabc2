"use client";

import { Drawer, Skeleton } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEvent, useWebhookDelivery, type WebhookDeliveryWithTries } from "../api/webhooks.ts";
import { Copyable } from "../pieces/copy-button.tsx";
import { Facts } from "../pieces/facts.tsx";
import { Moment } from "../pieces/moment.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { RawData } from "../pieces/raw-data.tsx";
import { StateTag } from "../pieces/state-tag.tsx";
import { Answer, Resend, stateOf } from "./delivery-pieces.tsx";
import styles from "./webhooks.module.css";

/** What was sent, and every answer to it. */
export function DeliveryDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations("dashboard.webhooks");
  const { data, error, refetch } = useWebhookDelivery(id);
  return (
    <Drawer
      open
      onClose={onClose}
      size={560}
      title={data?.event_type ?? t("delivery")}
      extra={data && <Resend delivery={data} />}
    >
      {data ? <Delivery delivery={data} /> : null}
      {!data && error ? <ProblemAlert error={error} onRetry={refetch} /> : null}
      {!data && !error ? <Skeleton active /> : null}
    </Drawer>
  );
}

function Delivery({ delivery }: { delivery: WebhookDeliveryWithTries }) {
  const t = useTranslations("dashboard.webhooks");
  const event = useEvent(delivery.event);
  const order = orderOf(event.data?.data.object);
  return (
    <div className={styles.delivery}>
      <Facts
        facts={[
          [t("columns.status"), <StateTag key="state" state={stateOf(delivery)} />],
          [t("cause"), t(`causes.${delivery.cause}`)],
          [t("eventId"), <Copyable key="id" text={delivery.event} what={t("eventId")} />],
          [
            t("about"),
            order && (
              <Link key="order" href={`/dashboard/orders/${order}`}>
                {order}
              </Link>
            ),
          ],
          [t("nextTry"), delivery.next_try_at && <Moment key="next" at={delivery.next_try_at} isExact />],
        ]}
      />
      <section>
        <h3>{t("tries")}</h3>
        {delivery.tries.length === 0 && <p className={styles.soft}>{t("noTries")}</p>}
        <ol className={styles.tries}>
          {delivery.tries.map((entry) => (
            <li key={entry.number}>
              <span className={styles.tryHead}>
                <Answer delivery={entry} />
                <Moment at={entry.at} isExact />
                <span>{t("took", { ms: entry.duration_ms })}</span>
              </span>
              {entry.response_body && (
                // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
                <pre tabIndex={0}>{entry.response_body}</pre>
              )}
            </li>
          ))}
        </ol>
      </section>
      <section>
        <h3>{t("payload")}</h3>
        {event.data ? <RawData data={event.data} /> : null}
        {event.error ? <ProblemAlert error={event.error} onRetry={event.refetch} /> : null}
      </section>
    </div>
  );
}

function orderOf(object: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const id = object?.object === "order" ? object.id : object?.order;
  return typeof id === "string" ? id : undefined;
}
