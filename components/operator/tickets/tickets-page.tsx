"use client";

import { Button, Select, type TableColumnsType } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { DataList } from "../../merchant/pieces/data-list.tsx";
import { Empty } from "../../merchant/pieces/empty.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import filters from "../../merchant/pieces/pieces.module.css";
import { useUrlFilter } from "../../merchant/pieces/use-url-filter.ts";
import support from "../../merchant/support/support.module.css";
import { ticketPriorities, ticketStates } from "../../merchant/support/ticket-lists.ts";
import { TicketState } from "../../merchant/support/ticket-words.tsx";
import { type QueuedTicket, useTicketQueue, useTicketWork, useWorkers } from "../api/tickets.ts";
import { Due } from "../pieces/due.tsx";
import { useQueueKeys } from "../pieces/use-queue-keys.ts";
import { useConsole } from "../session.tsx";
import styles from "./tickets.module.css";

const pageSize = 25;
const filterNames = ["state", "priority", "assigned", "merchant"] as const;
type Filter = ReturnType<typeof useUrlFilter<(typeof filterNames)[number]>>;

const hrefOf = ({ id }: QueuedTicket) => `/console/tickets/${id}`;
const none: readonly QueuedTicket[] = [];

/** The support's work: those that wait for us, the first due on top. */
export function TicketsPage() {
  const t = useTranslations("console.tickets");
  const { may, person } = useConsole();
  const filter = useUrlFilter(filterNames);
  const { state, priority, assigned, merchant } = filter.values;
  const query = { state: state === "all" ? undefined : (state ?? "due"), priority, assigned, merchant };
  const result = useTicketQueue({ ...query, limit: pageSize, starting_after: filter.after });
  const { mutate } = useTicketWork().change;
  const mayTake = may("tickets:write");
  const keys = useMemo(
    () => ({ m: ({ id }: QueuedTicket) => mayTake && mutate({ id, assigned_to: person.id }) }),
    [mayTake, mutate, person.id],
  );
  const selected = useQueueKeys({ rows: result.data?.data ?? none, hrefOf, keys });
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <Filters filter={filter} />
      <Panel isFlush>
        <DataList<QueuedTicket>
          label={t("title")}
          result={result}
          columns={useColumns()}
          card={(ticket) => <TicketCard ticket={ticket} />}
          hrefOf={hrefOf}
          selected={selected}
          paging={filter}
          empty={<Empty title={t(filter.isFiltered ? "nothingFound" : "nothingDue")} />}
        />
      </Panel>
      <p className={styles.keys}>{t("keys")}</p>
    </>
  );
}

function Filters({ filter }: { filter: Filter }) {
  const t = useTranslations("console.tickets");
  const states = useTranslations("dashboard.support.states.support");
  const priorities = useTranslations("dashboard.support.priorities");
  const workers = useWorkers();
  const { state, priority, assigned } = filter.values;
  const stateOptions = [
    { value: "due", label: t("due") },
    ...ticketStates.map((value) => ({ value: value as string, label: states(value) })),
    { value: "all", label: t("all") },
  ];
  const people = [
    { value: "me", label: t("mine") },
    { value: "none", label: t("nobodys") },
    ...workers.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <search className={filters.filters}>
      <Select
        className={filters.choice}
        aria-label={t("state")}
        value={state ?? "due"}
        options={stateOptions}
        onChange={(value: string) => filter.set({ state: value === "due" ? undefined : value })}
      />
      <Select
        className={filters.choice}
        aria-label={t("priority")}
        placeholder={t("priority")}
        allowClear
        value={ticketPriorities.find((one) => one === priority)}
        options={ticketPriorities.map((value) => ({ value, label: priorities(value) }))}
        onChange={(value?: string) => filter.set({ priority: value })}
      />
      <Select
        className={filters.choice}
        aria-label={t("assigned")}
        placeholder={t("assigned")}
        allowClear
        value={assigned}
        options={people}
        onChange={(value?: string) => filter.set({ assigned: value })}
      />
      {filter.isFiltered && (
        <Button type="link" onClick={filter.clear}>
          {t("clear")}
        </Button>
      )}
    </search>
  );
}

function useColumns(): TableColumnsType<QueuedTicket> {
  const t = useTranslations("console.tickets");
  const priorities = useTranslations("dashboard.support.priorities");
  return [
    {
      title: t("subject"),
      key: "subject",
      ellipsis: true,
      render: (_, ticket) => (
        <span className={styles.subject}>
          <Link href={hrefOf(ticket)} prefetch={false}>
            <strong>{ticket.subject}</strong>
          </Link>
          <span>{ticket.merchant.name}</span>
        </span>
      ),
    },
    { title: t("priority"), key: "priority", width: 100, render: (_, { priority }) => priorities(priority) },
    {
      title: t("state"),
      key: "state",
      width: 190,
      render: (_, { state }) => <TicketState state={state} reader="support" />,
    },
    {
      title: t("assigned"),
      key: "assigned",
      width: 140,
      ellipsis: true,
      render: (_, { assigned_to }) => assigned_to?.name ?? t("nobodys"),
    },
    {
      title: t("dueAt"),
      key: "due",
      width: 190,
      render: (_, ticket) => (ticket.due_at ? <Due at={ticket.due_at} /> : <Moment at={ticket.updated_at} />),
    },
  ];
}

function TicketCard({ ticket }: { ticket: QueuedTicket }) {
  return (
    <span className={support.card}>
      <strong>{ticket.subject}</strong>
      <TicketState state={ticket.state} reader="support" />
      <span className={support.soft}>{ticket.merchant.name}</span>
      {ticket.due_at ? <Due at={ticket.due_at} /> : <Moment at={ticket.updated_at} />}
    </span>
  );
}
