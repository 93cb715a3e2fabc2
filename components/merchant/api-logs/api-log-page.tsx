"use client";

import { Skeleton } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type RequestLogWithBodies, useRequestLog } from "../api/request-logs.ts";
import { Copyable, CopyButton } from "../pieces/copy-button.tsx";
import { Facts } from "../pieces/facts.tsx";
import { Moment } from "../pieces/moment.tsx";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./api-logs.module.css";
import { HttpStatus } from "./http-status.tsx";

/** One request with what was sent and what was answered. */
export function ApiLogPage({ id }: { id: string }) {
  const { data, error, refetch } = useRequestLog(id);
  if (error) return <ProblemAlert error={error} onRetry={refetch} />;
  if (!data) return <Skeleton active paragraph={{ rows: 10 }} />;
  return <Story log={data} />;
}

function Story({ log }: { log: RequestLogWithBodies }) {
  const t = useTranslations("dashboard.apiLogs");
  return (
    <>
      <PageHead
        title={
          <span className={styles.title}>
            <span className={styles.method}>{log.method}</span> {log.path}
          </span>
        }
        note={<HttpStatus status={log.status} />}
      />
      <Panel>
        <Facts
          facts={[
            [t("columns.when"), <Moment key="when" at={log.created_at} isExact />],
            [t("columns.duration"), `${log.duration_ms} ms`],
            [
              t("columns.error"),
              log.error_code && (
                <Link key="error" href={`/docs/errors#${log.error_code}`}>
                  {log.error_code}
                </Link>
              ),
            ],
            [
              t(`actors.${log.actor.type}`),
              <Link key="actor" href={`/dashboard/api-logs?key=${log.actor.id}`} title={t("onlyActor")}>
                <code>{log.actor.id}</code>
              </Link>,
            ],
            [t("facts.ip"), log.ip],
            [t("facts.userAgent"), log.user_agent],
            [t("facts.requestId"), <Copyable key="id" text={log.request_id} what={t("facts.requestId")} />],
          ]}
        />
      </Panel>
      <Body title={t("sent")} text={log.request_body} nothing={t("nothingSent")} />
      <Body
        title={t("answered")}
        text={log.response_body}
        nothing={t(log.status < 400 && log.method === "GET" ? "readNotKept" : "nothingAnswered")}
      />
    </>
  );
}

function Body({ title, text, nothing }: { title: string; text: string | null; nothing: string }) {
  const shown = text && readable(text);
  return (
    <Panel title={title} action={shown && <CopyButton text={shown} what={title} />}>
      {shown ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <pre className={styles.body} tabIndex={0}>
          {shown}
        </pre>
      ) : (
        <p className={styles.faint}>{nothing}</p>
      )}
    </Panel>
  );
}

/** Indented when it still is JSON: what was cut or redacted may not be. */
function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
