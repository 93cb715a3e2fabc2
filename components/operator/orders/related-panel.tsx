"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Panel } from "../../merchant/pieces/page-head.tsx";
import { TicketState } from "../../merchant/support/ticket-words.tsx";
import type { PlatformOrderStory } from "../api/orders.ts";
import styles from "./orders.module.css";

/** What was asked about the order and what went wrong with it; absent when there is nothing. */
export function RelatedPanel({ story }: { story: PlatformOrderStory }) {
  const t = useTranslations("console.order.related");
  const cases = useTranslations("console.errorCases");
  if (story.tickets.length + story.error_cases.length === 0) return null;
  return (
    <Panel title={t("title")}>
      <ul className={styles.related}>
        {story.error_cases.map(({ id, kind, state }) => (
          <li key={id}>
            <Link href={`/console/error-cases/${id}`} prefetch={false}>
              {cases(`kinds.${kind}`)}
            </Link>
            <span>
              {t("errorCase")} · {t(`states.${state}`)}
            </span>
          </li>
        ))}
        {story.tickets.map(({ id, subject, state }) => (
          <li key={id}>
            <Link href={`/console/tickets/${id}`} prefetch={false}>
              {subject}
            </Link>
            <span>
              {t("ticket")} · <TicketState state={state} reader="support" />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
