"use client";

import { Button, Input } from "antd";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import type { FileDesk, SentFile } from "../api/tickets.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { FileField } from "./file-field.tsx";
import styles from "./support.module.css";

interface Props {
  readonly label: string;
  readonly desk: FileDesk;
  readonly error: unknown;
  /** The ways to send it; the first is the main one. */
  readonly sends: readonly { readonly text: string; send(message: Written): Promise<boolean> }[];
  readonly isSending: boolean;
  readonly extra?: ReactNode;
}

export interface Written {
  readonly body: string;
  readonly attachments: readonly string[];
}

/** Where one writes a message; it is empty again once that has arrived. */
export function Composer({ label, desk, error, sends, isSending, extra }: Props) {
  const t = useTranslations("dashboard.support");
  const id = useId();
  const [body, setBody] = useState("");
  const [files, setFiles] = useState<readonly SentFile[]>([]);
  const submit = async (send: (message: Written) => Promise<boolean>) => {
    if (!(await send({ body: body.trim(), attachments: files.map((file) => file.id) }))) return;
    setBody("");
    setFiles([]);
  };
  return (
    <div className={styles.composer}>
      <label htmlFor={id}>{label}</label>
      <Input.TextArea
        id={id}
        autoSize={{ minRows: 4, maxRows: 14 }}
        maxLength={10_000}
        value={body}
        onChange={(event) => setBody(event.target.value)}
      />
      <FileField files={files} onChange={setFiles} desk={desk} />
      <span className={styles.soft}>{t("filesHelp")}</span>
      {error ? <ProblemAlert error={error} /> : null}
      <span className={styles.buttons}>
        {sends.map(({ text, send }, index) => (
          <Button
            key={text}
            type={index === 0 ? "primary" : "default"}
            loading={isSending}
            disabled={body.trim() === ""}
            onClick={() => void submit(send)}
          >
            {text}
          </Button>
        ))}
        {extra}
      </span>
    </div>
  );
}
