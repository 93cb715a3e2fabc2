"use client";

import { ArrowLeftOutlined } from "@ant-design/icons";
import { App, Button, Skeleton } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type TicketThread, useTicket, useTicketActions, useTicketFiles } from "../api/tickets.ts";
import { Copyable } from "../pieces/copy-button.tsx";
import { Facts } from "../pieces/facts.tsx";
import { Moment } from "../pieces/moment.tsx";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useSession } from "../session.tsx";
import { Composer } from "./composer.tsx";
import { RealTime } from "./real-time.tsx";
import styles from "./support.module.css";
import { Thread } from "./thread.tsx";
import { TicketState } from "./ticket-words.tsx";

/** One question with all that was said. */
export function TicketPage({ id }: { id: string }) {
  const t = useTranslations("dashboard.support");
  const { data: ticket, error, refetch } = useTicket(id);
  return (
    <RealTime>
      <p className={styles.back}>
        <Link href="/dashboard/support">
          <ArrowLeftOutlined aria-hidden /> {t("title")}
        </Link>
      </p>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {ticket ? <Open ticket={ticket} /> : !error && <Skeleton active paragraph={{ rows: 8 }} />}
    </RealTime>
  );
}

function Open({ ticket }: { ticket: TicketThread }) {
  const t = useTranslations("dashboard.support");
  const { can } = useSession();
  const desk = useTicketFiles();
  const { say, turn } = useTicketActions();
  const { message } = App.useApp();
  const mayWrite = can("tickets:write");
  const isOver = ticket.state === "closed" || ticket.state === "solved";
  const send = async (written: { body: string; attachments: readonly string[] }) => {
    const said = await say.mutateAsync({ id: ticket.id, ...written }).catch(() => undefined);
    if (said) message.success(t("sent"));
    return said !== undefined;
  };
  return (
    <>
      <PageHead
        title={ticket.subject}
        note={<TicketState state={ticket.state} reader="merchant" />}
        action={
          mayWrite && (
            <>
              {isOver && (
                <Button loading={turn.isPending} onClick={() => turn.mutate({ id: ticket.id, to: "reopen" })}>
                  {t("reopen")}
                </Button>
              )}
              {ticket.state !== "closed" && (
                <Button loading={turn.isPending} onClick={() => turn.mutate({ id: ticket.id, to: "close" })}>
                  {t("close")}
                </Button>
              )}
            </>
          )
        }
      />
      {turn.error && <ProblemAlert error={turn.error} />}
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Thread ticket={ticket.id} entries={ticket.messages} desk={desk} />
          {mayWrite && ticket.state !== "closed" && (
            <Panel>
              <Composer
                label={t("answer")}
                desk={desk}
                error={say.error}
                isSending={say.isPending}
                sends={[{ text: t("send"), send }]}
              />
            </Panel>
          )}
        </div>
        <Panel>
          <TicketFacts ticket={ticket} />
        </Panel>
      </div>
    </>
  );
}

function TicketFacts({ ticket }: { ticket: TicketThread }) {
  const t = useTranslations("dashboard.support");
  return (
    <Facts
      facts={[
        [t("category"), t(`categories.${ticket.category}`)],
        [t("priority"), t(`priorities.${ticket.priority}`)],
        [t("answerDue"), ticket.answer_due_at && <Moment key="due" at={ticket.answer_due_at} isExact />],
        [
          t("order"),
          ticket.order && (
            <Link key="order" href={`/dashboard/orders/${ticket.order}`} prefetch={false}>
              {ticket.order}
            </Link>
          ),
        ],
        [t("refund"), ticket.refund && <code key="refund">{ticket.refund}</code>],
        [t("mode"), t(ticket.livemode ? "live" : "test")],
        [t("opened"), <Moment key="opened" at={ticket.created_at} isExact />],
        [t("number"), <Copyable key="id" text={ticket.id} what={t("number")} />],
      ]}
    />
  );
}
