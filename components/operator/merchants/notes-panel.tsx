"use client";

import { Button, Input } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { useMerchantActions, useMerchantNotes } from "../api/merchants.ts";
import { useConsole } from "../session.tsx";
import styles from "./merchants.module.css";

/** What operators tell each other about a merchant. */
export function NotesPanel({ id }: { id: string }) {
  const t = useTranslations("console.merchants");
  const { may } = useConsole();
  const notes = useMerchantNotes(id);
  const { addNote } = useMerchantActions(id);
  const [text, setText] = useState("");
  const add = () => addNote.mutate(text.trim(), { onSuccess: () => setText("") });
  return (
    <Panel title={t("notes")}>
      <div className={styles.form}>
        <p className={styles.soft}>{t("notesHelp")}</p>
        {notes.error ? <ProblemAlert error={notes.error} onRetry={notes.refetch} /> : null}
        {addNote.error && <ProblemAlert error={addNote.error} />}
        {may("merchants:write") && (
          <>
            <Input.TextArea
              aria-label={t("noteText")}
              rows={2}
              maxLength={4_000}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            <span>
              <Button onClick={add} disabled={text.trim() === ""} loading={addNote.isPending}>
                {t("addNote")}
              </Button>
            </span>
          </>
        )}
        <ul className={styles.list}>
          {notes.data?.data.map((note) => (
            <li key={note.id}>
              <p>{note.text}</p>
              <span className={styles.soft}>
                {note.operator} · <Moment at={note.created_at} />
              </span>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
