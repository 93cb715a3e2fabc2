"use client";

import { Button, Segmented, type TableColumnsType } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { type Ticket, useTickets } from "../api/tickets.ts";
import { DataList } from "../pieces/data-list.tsx";
import { Empty } from "../pieces/empty.tsx";
import { Moment } from "../pieces/moment.tsx";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { useUrlFilter } from "../pieces/use-url-filter.ts";
import { useSession } from "../session.tsx";
import { ArticlesPanel } from "./articles-panel.tsx";
import { AskModal } from "./ask-modal.tsx";
import { RealTime } from "./real-time.tsx";
import styles from "./support.module.css";
import { TicketState } from "./ticket-words.tsx";

const pageSize = 20;
const states = ["under_way", "over"] as const;

/** Answers that are there already, and the merchant's questions to us. */
export function SupportPage() {
  const t = useTranslations("dashboard.support");
  const { can } = useSession();
  const filter = useUrlFilter(["search", "state", "ask", "order"] as const);
  const { search, ask, order } = filter.values;
  const mayAsk = can("tickets:write");
  // A dialog can't be open on the server's page.
  const [isAsking, setAsking] = useState(false);
  useEffect(() => setAsking(ask !== undefined), [ask]);
  return (
    <RealTime>
      <PageHead
        title={t("title")}
        note={t("note")}
        action={
          mayAsk && (
            <Button type="primary" onClick={() => filter.set({ ask: "1" })}>
              {t("ask")}
            </Button>
          )
        }
      />
      <ArticlesPanel search={search} onSearch={(text) => filter.set({ search: text })} />
      <Tickets filter={filter} />
      {mayAsk && isAsking && (
        <AskModal order={order} onClose={() => filter.set({ ask: undefined, order: undefined })} />
      )}
    </RealTime>
  );
}

function Tickets({ filter }: { filter: ReturnType<typeof useUrlFilter<"search" | "state" | "ask" | "order">> }) {
  const t = useTranslations("dashboard.support");
  const state = states.find((one) => one === filter.values.state) ?? "under_way";
  const result = useTickets({ state, limit: pageSize, starting_after: filter.after });
  return (
    <>
      <div className={styles.listHead}>
        <h2>{t("tickets")}</h2>
        <Segmented
          aria-label={t("tickets")}
          value={state}
          options={states.map((value) => ({ value, label: t(`filters.${value}`) }))}
          onChange={(value) => filter.set({ state: value === "under_way" ? undefined : value })}
        />
      </div>
      <Panel isFlush>
        <DataList<Ticket>
          label={t("tickets")}
          result={result}
          columns={useColumns()}
          card={(ticket) => <TicketCard ticket={ticket} />}
          hrefOf={({ id }) => `/dashboard/support/${id}`}
          paging={filter}
          empty={
            <Empty title={t(`none.${state}`)}>
              <p>{t("noneHelp")}</p>
            </Empty>
          }
        />
      </Panel>
    </>
  );
}

function useColumns(): TableColumnsType<Ticket> {
  const t = useTranslations("dashboard.support");
  return [
    {
      title: t("subject"),
      key: "subject",
      ellipsis: true,
      render: (_, { id, subject }) => (
        <Link href={`/dashboard/support/${id}`} prefetch={false}>
          <strong>{subject}</strong>
        </Link>
      ),
    },
    { title: t("category"), key: "category", width: 140, render: (_, { category }) => t(`categories.${category}`) },
    {
      title: t("state"),
      key: "state",
      width: 190,
      render: (_, { state }) => <TicketState state={state} reader="merchant" />,
    },
    { title: t("updated"), key: "updated", width: 170, render: (_, ticket) => <Moment at={ticket.updated_at} /> },
  ];
}

function TicketCard({ ticket }: { ticket: Ticket }) {
  const t = useTranslations("dashboard.support");
  return (
    <span className={styles.card}>
      <strong>{ticket.subject}</strong>
      <TicketState state={ticket.state} reader="merchant" />
      <span className={styles.soft}>{t(`categories.${ticket.category}`)}</span>
      <span className={styles.soft}>
        <Moment at={ticket.updated_at} />
      </span>
    </span>
  );
}
