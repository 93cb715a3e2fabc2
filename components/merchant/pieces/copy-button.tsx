"use client";

import { CheckOutlined, CopyOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { copyText } from "../../site/copy-text.ts";
import styles from "./pieces.module.css";

const shownMs = 2_000;

/** Copies `text`; `what` says to a screen reader what that is. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const t = useTranslations("dashboard.copy");
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <Tooltip title={isCopied ? t("done") : t("copy", { what })}>
      <Button
        type="text"
        size="small"
        aria-label={isCopied ? t("done") : t("copy", { what })}
        icon={isCopied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
        onClick={async (event) => {
          event.stopPropagation();
          setCopied(await copyText(text));
        }}
      />
    </Tooltip>
  );
}

/** An id, in full, with its copy button. */
export function Copyable({ text, what }: { text: string; what: string }) {
  return (
    <span className={styles.copyable}>
      <code>{text}</code>
      <CopyButton text={text} what={what} />
    </span>
  );
}
