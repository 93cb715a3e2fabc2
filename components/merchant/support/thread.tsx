"use client";

import { PaperClipOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { FileDesk, TicketMessage } from "../api/tickets.ts";
import { Moment } from "../pieces/moment.tsx";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { save } from "../save-file.ts";
import styles from "./support.module.css";

export interface ThreadEntry {
  readonly id: string;
  readonly side: "merchant" | "support" | "note";
  readonly author: string;
  readonly body: string;
  readonly created_at: string;
  readonly attachments?: TicketMessage["attachments"];
}

interface Props {
  readonly ticket: string;
  readonly entries: readonly ThreadEntry[];
  readonly desk: FileDesk;
}

/** What was said, the first on top. */
export function Thread({ ticket, entries, desk }: Props) {
  const t = useTranslations("dashboard.support");
  return (
    <ol className={styles.thread} aria-label={t("messages")}>
      {entries.map((entry) => (
        <li key={entry.id} className={styles.message} data-side={entry.side}>
          <header>
            <strong>{entry.author}</strong>
            <span>{t(`sides.${entry.side}`)}</span>
            <Moment at={entry.created_at} />
          </header>
          <p className={styles.text}>{entry.body}</p>
          <Files ticket={ticket} files={entry.attachments ?? []} desk={desk} />
        </li>
      ))}
    </ol>
  );
}

function Files(props: { ticket: string; files: TicketMessage["attachments"]; desk: FileDesk }) {
  const [error, setError] = useState<unknown>();
  if (props.files.length === 0) return null;
  const fetchFile = async (file: TicketMessage["attachments"][number]) => {
    setError(undefined);
    await props.desk.fetch(props.ticket, file.id).then((content) => save(file.name, content), setError);
  };
  return (
    <>
      <ul className={styles.files}>
        {props.files.map((file) => (
          <li key={file.id}>
            <Button size="small" icon={<PaperClipOutlined aria-hidden />} onClick={() => void fetchFile(file)}>
              {file.name} · {sizeOf(file.size)}
            </Button>
          </li>
        ))}
      </ul>
      {error !== undefined && <ProblemAlert error={error} />}
    </>
  );
}

export function sizeOf(bytes: number): string {
  return bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}
