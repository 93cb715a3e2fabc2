"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { TimelineEntry } from "../api/orders.ts";
import type { Transfer } from "../api/transactions.ts";
import { TransferList } from "../transactions/transfer-list.tsx";
import { fieldsOf } from "./notification-fields.ts";
import styles from "./orders.module.css";

/** What more an entry has to show: a booking its transfers, a notification what the channel sent, a webhook its delivery. */
export function TimelineDetail({ entry, linksDeliveries }: { entry: TimelineEntry; linksDeliveries: boolean }) {
  switch (entry.kind) {
    case "ledger":
      return <TransferList transfers={(entry.data.transfers ?? []) as Transfer[]} />;
    case "notification":
      return <Heard body={String(entry.data.body ?? "")} />;
    case "webhook":
      return linksDeliveries ? <DeliveryLink id={entry.id} /> : null;
    case "event":
    case "attempt":
    case "refusal":
    case "refund":
      return null;
  }
}

/** The channel's own fields by their own names: that is what its documentation and its support speak of. */
function Heard({ body }: { body: string }) {
  const t = useTranslations("dashboard.timeline");
  const fields = fieldsOf(body);
  if (fields.length === 0) return null;
  return (
    <details className={styles.heard}>
      <summary>{t("heard")}</summary>
      <dl>
        {fields.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function DeliveryLink({ id }: { id: string }) {
  const t = useTranslations("dashboard.timeline");
  return (
    <p className={styles.note}>
      <Link href={`/dashboard/webhooks?delivery=${id}`} prefetch={false}>
        {t("delivery")}
      </Link>
    </p>
  );
}
