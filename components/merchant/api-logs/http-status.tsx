"use client";

import { CheckCircleOutlined, CloseCircleOutlined, ExclamationCircleOutlined } from "@ant-design/icons";
import { useTranslations } from "next-intl";
import pieces from "../pieces/pieces.module.css";

/** The HTTP status with what it means: done, refused, or our own failure. */
export function HttpStatus({ status }: { status: number }) {
  const t = useTranslations("dashboard.apiLogs.statuses");
  const [tone, Icon, word] =
    status < 400
      ? (["success", CheckCircleOutlined, "done"] as const)
      : status < 500
        ? (["attention", ExclamationCircleOutlined, "refused"] as const)
        : (["failure", CloseCircleOutlined, "failed"] as const);
  return (
    <span className={`${pieces.tag} ${pieces[tone]}`} title={t(word)}>
      <Icon aria-label={t(word)} /> {status}
    </span>
  );
}
