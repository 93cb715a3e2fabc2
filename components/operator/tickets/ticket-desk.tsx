"use client";

import { Button, Select } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Copyable } from "../../merchant/pieces/copy-button.tsx";
import { Facts } from "../../merchant/pieces/facts.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import support from "../../merchant/support/support.module.css";
import { ticketPriorities } from "../../merchant/support/ticket-lists.ts";
import { type OpenTicket, useTicketWork, useWorkers } from "../api/tickets.ts";
import { Due } from "../pieces/due.tsx";
import { useConsole } from "../session.tsx";
import styles from "./tickets.module.css";

/** Who has it, how urgent it is, by when it is due, and what it is about. */
export function TicketDesk({ ticket }: { ticket: OpenTicket }) {
  const t = useTranslations("console.tickets");
  const s = useTranslations("dashboard.support");
  const { may } = useConsole();
  const isWorkable = may("tickets:write") && ticket.state !== "closed";
  return (
    <div className={support.stack}>
      {isWorkable && <Choices ticket={ticket} />}
      <Facts
        facts={[
          [t("assigned"), !isWorkable && (ticket.assigned_to?.name ?? t("nobodys"))],
          [t("priority"), !isWorkable && s(`priorities.${ticket.priority}`)],
          [t("dueAt"), ticket.due_at && <Due key="due" at={ticket.due_at} />],
          [t("clockStands"), ticket.due_at === null && t("clockStandsHelp")],
          [t("firstAnswer"), ticket.first_answered_at && <Moment key="first" at={ticket.first_answered_at} isExact />],
          [
            t("merchant"),
            <Link key="merchant" href={`/console/merchants/${ticket.merchant.id}`} prefetch={false}>
              {ticket.merchant.name}
            </Link>,
          ],
          [s("category"), s(`categories.${ticket.category}`)],
          [
            s("order"),
            ticket.order && (
              <Link key="order" href={`/console/orders/${ticket.order}`} prefetch={false}>
                {ticket.order}
              </Link>
            ),
          ],
          [s("refund"), ticket.refund && <code key="refund">{ticket.refund}</code>],
          [s("mode"), s(ticket.livemode ? "live" : "test")],
          [s("opened"), <Moment key="opened" at={ticket.created_at} isExact />],
          [s("number"), <Copyable key="id" text={ticket.id} what={s("number")} />],
        ]}
      />
    </div>
  );
}

function Choices({ ticket }: { ticket: OpenTicket }) {
  const t = useTranslations("console.tickets");
  const s = useTranslations("dashboard.support");
  const [who, how] = [useId(), useId()];
  const { person } = useConsole();
  const workers = useWorkers();
  const { change } = useTicketWork();
  return (
    <>
      <div className={styles.field}>
        <label htmlFor={who}>{t("assigned")}</label>
        <Select<string | null>
          id={who}
          allowClear
          placeholder={t("nobodys")}
          value={ticket.assigned_to?.id ?? null}
          options={workers.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(value) => change.mutate({ id: ticket.id, assigned_to: value ?? null })}
        />
        {ticket.assigned_to?.id !== person.id && (
          <Button size="small" onClick={() => change.mutate({ id: ticket.id, assigned_to: person.id })}>
            {t("toMe")}
          </Button>
        )}
      </div>
      <div className={styles.field}>
        <label htmlFor={how}>{t("priority")}</label>
        <Select
          id={how}
          value={ticket.priority}
          options={ticketPriorities.map((value) => ({ value, label: s(`priorities.${value}`) }))}
          onChange={(priority) => change.mutate({ id: ticket.id, priority })}
        />
      </div>
      {change.error && <ProblemAlert error={change.error} />}
    </>
  );
}
