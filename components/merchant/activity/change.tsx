"use client";

import { useTranslations } from "next-intl";
import type { AuditEntry } from "../api/audit.ts";
import styles from "./activity.module.css";

const mostShort = 2;

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return JSON.stringify(value);
}

/** Field by field, what it was and what it became. */
export function Change({ entry, isShort = false }: { entry: AuditEntry; isShort?: boolean }) {
  const t = useTranslations("dashboard.activity");
  const before = entry.before ?? {};
  const after = entry.after ?? {};
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => textOf(before[name] ?? null) !== textOf(after[name] ?? null),
  );
  if (names.length === 0) return null;
  const shown = isShort ? names.slice(0, mostShort) : names;
  const more = names.length - shown.length;
  const value = (known: unknown) =>
    known === null || known === undefined ? <span className={styles.faint}>{t("nothing")}</span> : textOf(known);
  return (
    <span className={isShort ? styles.short : styles.changes}>
      {shown.map((name) => (
        <span key={name} className={styles.change}>
          <code>{name}</code> {name in before && <del>{value(before[name])}</del>}{" "}
          {name in after && <ins>{value(after[name])}</ins>}
        </span>
      ))}
      {more > 0 && <span className={styles.faint}>{t("more", { count: more })}</span>}
    </span>
  );
}
