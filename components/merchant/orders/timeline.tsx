"use client";

import {
  BankOutlined,
  CreditCardOutlined,
  FlagOutlined,
  NotificationOutlined,
  RollbackOutlined,
  SendOutlined,
  StopOutlined,
} from "@ant-design/icons";
import { useTranslations } from "next-intl";
import type { ComponentType } from "react";
import type { OrderStory, TimelineEntry } from "../api/orders.ts";
import { Moment } from "../pieces/moment.tsx";
import { RawData } from "../pieces/raw-data.tsx";
import { isState, StateTag } from "../pieces/state-tag.tsx";
import styles from "./orders.module.css";
import { TimelineDetail } from "./timeline-detail.tsx";
import { useSentence } from "./timeline-sentence.ts";

const icons = {
  event: FlagOutlined,
  attempt: CreditCardOutlined,
  refusal: StopOutlined,
  refund: RollbackOutlined,
  notification: NotificationOutlined,
  ledger: BankOutlined,
  webhook: SendOutlined,
} as const satisfies Record<TimelineEntry["kind"], ComponentType>;

/** The order's story, newest first. */
export function Timeline(props: { story: Pick<OrderStory, "order" | "timeline">; linksDeliveries: boolean }) {
  const { story, linksDeliveries } = props;
  const t = useTranslations("dashboard.order");
  const sentence = useSentence(story.order.currency);
  return (
    <ol className={styles.timeline} aria-label={t("timeline")}>
      {[...story.timeline].reverse().map((entry) => {
        const Icon = icons[entry.kind];
        const state = stateOf(entry);
        const { text, note } = sentence(entry);
        return (
          <li key={`${entry.kind}-${entry.id}`} data-kind={entry.kind} data-title={entry.title}>
            <span className={styles.sign}>
              <Icon />
            </span>
            <div>
              <p className={styles.sentence}>
                <span>{text}</span>
                {state && <StateTag state={state} />}
                <span className={styles.when}>
                  <Moment at={entry.at} />
                </span>
              </p>
              {note && <p className={styles.note}>{note}</p>}
              <TimelineDetail entry={entry} linksDeliveries={linksDeliveries} />
              <RawData data={entry.data} />
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** Of attempts, refunds and webhooks the title ends with where they are now. */
function stateOf(entry: TimelineEntry) {
  const state = /^(?:attempt|refund|webhook)\.(\w+)$/.exec(entry.title)?.[1];
  if (entry.kind === "event" || !state || !isState(state)) return undefined;
  return state === "pending" && Number(entry.data.tries ?? 0) > 0 ? "retrying" : state;
}
