"use client";

import { DeleteOutlined, PaperClipOutlined } from "@ant-design/icons";
import { Button, Upload } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { FileDesk, SentFile } from "../api/tickets.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./support.module.css";
import { sizeOf } from "./thread.tsx";

const mostFiles = 5;

interface Props {
  readonly files: readonly SentFile[];
  readonly onChange: (files: readonly SentFile[]) => void;
  readonly desk: FileDesk;
}

/** Files for a message: each is sent at once, and travels with the message later. */
export function FileField({ files, onChange, desk }: Props) {
  const t = useTranslations("dashboard.support");
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<unknown>();
  const send = async (file: File) => {
    setSending(true);
    setError(undefined);
    await desk.send(file).then((sent) => onChange([...files, sent]), setError);
    setSending(false);
  };
  return (
    <div>
      {files.length < mostFiles && (
        <Upload
          accept=".png,.jpg,.jpeg,.pdf,.txt,.log,.csv"
          showUploadList={false}
          beforeUpload={(file) => {
            void send(file);
            return false;
          }}
        >
          <Button icon={<PaperClipOutlined aria-hidden />} loading={isSending}>
            {t("attach")}
          </Button>
        </Upload>
      )}
      {files.length > 0 && (
        <ul className={styles.files} aria-label={t("attached")}>
          {files.map((file) => (
            <li key={file.id}>
              {file.name} · {sizeOf(file.size)}
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t("detach", { name: file.name })}
                onClick={() => onChange(files.filter(({ id }) => id !== file.id))}
              />
            </li>
          ))}
        </ul>
      )}
      {error !== undefined && <ProblemAlert error={error} />}
    </div>
  );
}
