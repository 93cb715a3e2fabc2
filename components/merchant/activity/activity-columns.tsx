"use client";

import { Button, type TableColumnsType } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { AuditEntry } from "../api/audit.ts";
import { Hidden } from "../pieces/hidden.tsx";
import { Moment } from "../pieces/moment.tsx";
import styles from "./activity.module.css";
import { Change } from "./change.tsx";
import { isVerb } from "./verbs.ts";

export interface EntryPieces {
  onOpen(entry: AuditEntry): void;
  onActor(id: string): void;
}

export function useVerbText(): (verb: string) => string {
  const t = useTranslations("dashboard.activity.verbs");
  return (verb) => (isVerb(verb) ? t(verb) : verb);
}

export function useActivityColumns({ onOpen, onActor }: EntryPieces): TableColumnsType<AuditEntry> {
  const t = useTranslations("dashboard.activity");
  const verbText = useVerbText();
  return [
    { title: t("columns.when"), key: "when", width: 160, render: (_, entry) => <Moment at={entry.created_at} /> },
    {
      title: t("columns.who"),
      key: "who",
      width: 190,
      ellipsis: true,
      render: (_, { actor }) => <Who actor={actor} onActor={onActor} />,
    },
    { title: t("columns.what"), key: "what", width: 230, render: (_, entry) => verbText(entry.verb) },
    {
      title: t("columns.object"),
      key: "object",
      width: 150,
      render: (_, entry) => <ObjectLink id={entry.object_id} />,
    },
    {
      title: t("columns.change"),
      key: "change",
      ellipsis: true,
      render: (_, entry) => <Change entry={entry} isShort />,
    },
    {
      title: <Hidden>{t("columns.details")}</Hidden>,
      key: "details",
      width: 100,
      align: "right",
      render: (_, entry) => (
        <Button size="small" onClick={() => onOpen(entry)}>
          {t("details")}
        </Button>
      ),
    },
  ];
}

export function Who({ actor, onActor }: { actor: AuditEntry["actor"]; onActor?: (id: string) => void }) {
  const t = useTranslations("dashboard.activity");
  const name = actor.name ?? (actor.type === "api_key" || actor.type === "user" ? actor.id : t(`actors.${actor.type}`));
  return (
    <span className={styles.who}>
      {onActor ? (
        <Button type="link" size="small" title={t("onlyActor", { name })} onClick={() => onActor(actor.id)}>
          <span className={styles.cut}>{name}</span>
        </Button>
      ) : (
        name
      )}
      {actor.name && <span className={styles.faint}>{t(`actors.${actor.type}`)}</span>}
    </span>
  );
}

/** Objects with a page of their own lead there; of the others the end of the id is enough to tell them apart. */
export function ObjectLink({ id }: { id: string }) {
  const short = id.length > 16 ? `${id.slice(0, id.indexOf("_") + 1)}…${id.slice(-6)}` : id;
  if (!id.startsWith("ord_")) return <code title={id}>{short}</code>;
  return (
    <Link href={`/dashboard/orders/${id}`} prefetch={false} title={id}>
      <code>{short}</code>
    </Link>
  );
}

export function ActivityCard({ entry, onOpen }: { entry: AuditEntry } & EntryPieces) {
  const t = useTranslations("dashboard.activity");
  const verbText = useVerbText();
  return (
    <span className={styles.card}>
      <strong>{verbText(entry.verb)}</strong>
      <span className={styles.faint}>
        <Moment at={entry.created_at} />
      </span>
      <Who actor={entry.actor} />
      <Button size="small" onClick={() => onOpen(entry)}>
        {t("details")}
      </Button>
    </span>
  );
}
