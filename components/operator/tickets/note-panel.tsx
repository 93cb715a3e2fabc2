"use client";

import { Button, Input } from "antd";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import support from "../../merchant/support/support.module.css";
import { useTicketWork } from "../api/tickets.ts";

/** A word among colleagues. */
export function NotePanel({ ticket }: { ticket: string }) {
  const t = useTranslations("console.tickets");
  const id = useId();
  const { note } = useTicketWork();
  const [body, setBody] = useState("");
  const submit = async () => {
    const kept = await note.mutateAsync({ id: ticket, body: body.trim() }).catch(() => undefined);
    if (kept) setBody("");
  };
  return (
    <Panel>
      <div className={support.composer}>
        <label htmlFor={id}>{t("note_label")}</label>
        <Input.TextArea
          id={id}
          autoSize={{ minRows: 2, maxRows: 10 }}
          maxLength={10_000}
          value={body}
          onChange={(event) => setBody(event.target.value)}
        />
        {note.error && <ProblemAlert error={note.error} />}
        <span className={support.buttons}>
          <Button loading={note.isPending} disabled={body.trim() === ""} onClick={() => void submit()}>
            {t("keepNote")}
          </Button>
          <span className={support.soft}>{t("noteHelp")}</span>
        </span>
      </div>
    </Panel>
  );
}
