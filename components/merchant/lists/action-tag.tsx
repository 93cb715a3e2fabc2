"use client";

import { CheckCircleOutlined, StopOutlined } from "@ant-design/icons";
import { useTranslations } from "next-intl";
import type { ListEntry } from "../api/lists.ts";
import styles from "./lists.module.css";

/** Whether an entry refuses or lets through; faint once it has ended. */
export function ActionTag({ entry }: { entry: Pick<ListEntry, "action" | "is_expired"> }) {
  const t = useTranslations("dashboard.blocklists.actions");
  const Icon = entry.action === "block" ? StopOutlined : CheckCircleOutlined;
  return (
    <span className={styles.tag} data-action={entry.is_expired ? "ended" : entry.action}>
      <Icon aria-hidden /> {t(entry.action)}
    </span>
  );
}
