"use client";

import { ArrowLeftOutlined } from "@ant-design/icons";
import { App, Button, Skeleton } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { Composer, type Written } from "../../merchant/support/composer.tsx";
import support from "../../merchant/support/support.module.css";
import { Thread, type ThreadEntry } from "../../merchant/support/thread.tsx";
import { TicketState } from "../../merchant/support/ticket-words.tsx";
import { type OpenTicket, useAnswerFiles, useOpenTicket, useTicketWork } from "../api/tickets.ts";
import { useConsole } from "../session.tsx";
import { NotePanel } from "./note-panel.tsx";
import { TicketDesk } from "./ticket-desk.tsx";

/** One ticket: what was said, what we noted, and the work on it. */
export function OpenTicketPage({ id }: { id: string }) {
  const t = useTranslations("console.tickets");
  const { data: ticket, error, refetch } = useOpenTicket(id);
  return (
    <>
      <p className={support.back}>
        <Link href="/console/tickets">
          <ArrowLeftOutlined aria-hidden /> {t("title")}
        </Link>
      </p>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {ticket ? <Work ticket={ticket} /> : !error && <Skeleton active paragraph={{ rows: 8 }} />}
    </>
  );
}

function entriesOf({ messages, notes }: OpenTicket): ThreadEntry[] {
  const noted = notes.map((note) => ({ ...note, side: "note" as const }));
  return [...messages, ...noted].sort((a, b) => a.created_at.localeCompare(b.created_at));
}

function Work({ ticket }: { ticket: OpenTicket }) {
  const t = useTranslations("console.tickets");
  const { may } = useConsole();
  const desk = useAnswerFiles(ticket.id);
  const mayWrite = may("tickets:write");
  return (
    <>
      <PageHead
        title={ticket.subject}
        note={
          <>
            <TicketState state={ticket.state} reader="support" /> {ticket.merchant.name}
          </>
        }
        action={mayWrite && <Turns ticket={ticket} />}
      />
      <div className={support.columns}>
        <div className={support.stack}>
          <Thread ticket={ticket.id} entries={entriesOf(ticket)} desk={desk} />
          {mayWrite && ticket.state !== "closed" && <AnswerPanel ticket={ticket} />}
          {mayWrite && <NotePanel ticket={ticket.id} />}
        </div>
        <Panel title={t("facts")}>
          <TicketDesk ticket={ticket} />
        </Panel>
      </div>
    </>
  );
}

function Turns({ ticket }: { ticket: OpenTicket }) {
  const t = useTranslations("console.tickets");
  const { turn } = useTicketWork();
  const { message } = App.useApp();
  const isOver = ticket.state === "solved" || ticket.state === "closed";
  const to = isOver ? "reopen" : "solve";
  const onError = (error: Error) => void message.error(error.message);
  return (
    <Button loading={turn.isPending} onClick={() => turn.mutate({ id: ticket.id, to }, { onError })}>
      {t(to)}
    </Button>
  );
}

function AnswerPanel({ ticket }: { ticket: OpenTicket }) {
  const t = useTranslations("console.tickets");
  const { answer } = useTicketWork();
  const desk = useAnswerFiles(ticket.id);
  const send = async (written: Written, is_solution: boolean) => {
    const sent = await answer.mutateAsync({ id: ticket.id, ...written, is_solution }).catch(() => undefined);
    return sent !== undefined;
  };
  return (
    <Panel>
      <Composer
        label={t("answer")}
        desk={desk}
        error={answer.error}
        isSending={answer.isPending}
        sends={[
          { text: t("send"), send: (written) => send(written, false) },
          { text: t("sendAndSolve"), send: (written) => send(written, true) },
        ]}
      />
    </Panel>
  );
}
