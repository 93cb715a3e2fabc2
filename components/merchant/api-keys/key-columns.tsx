"use client";

import { Popover, type TableColumnsType } from "antd";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { isPermission } from "#lib/access/permissions";
import { type ApiKey, stateOfKey } from "../api/api-keys.ts";
import { Hidden } from "../pieces/hidden.tsx";
import { Moment } from "../pieces/moment.tsx";
import { StateTag } from "../pieces/state-tag.tsx";
import styles from "./api-keys.module.css";

export function useKeyColumns(actions: (key: ApiKey) => ReactNode): TableColumnsType<ApiKey> {
  const t = useTranslations("dashboard.apiKeys");
  return [
    {
      title: t("columns.label"),
      key: "label",
      render: (_, key) => (
        <>
          <strong className={styles.label}>{key.label}</strong>
          <code className={styles.help}>{key.hint}</code>
        </>
      ),
    },
    { title: t("columns.kind"), key: "kind", width: 190, render: (_, key) => <Rights apiKey={key} /> },
    {
      title: t("columns.addresses"),
      key: "addresses",
      width: 180,
      render: (_, key) => <Addresses apiKey={key} />,
    },
    {
      title: t("columns.status"),
      key: "status",
      width: 210,
      render: (_, key) => <Standing apiKey={key} />,
    },
    {
      title: t("columns.used"),
      key: "used",
      width: 150,
      render: (_, { last_used_at }) => (last_used_at ? <Moment at={last_used_at} /> : t("neverUsed")),
    },
    { title: t("columns.created"), key: "created", width: 150, render: (_, key) => <Moment at={key.created_at} /> },
    {
      title: <Hidden>{t("columns.actions")}</Hidden>,
      key: "actions",
      width: 64,
      align: "right",
      render: (_, key) => actions(key),
    },
  ];
}

/** The kind, and of a restricted key what it may do. */
function Rights({ apiKey }: { apiKey: ApiKey }) {
  const t = useTranslations("dashboard.apiKeys");
  const names = useTranslations("dashboard.permissions");
  const kind = t(`kinds.${apiKey.kind}.name`);
  if (!apiKey.permissions) return kind;
  const list = (
    <ul className={styles.rights}>
      {apiKey.permissions.filter(isPermission).map((permission) => (
        <li key={permission}>{names(`${permission}.name`)}</li>
      ))}
    </ul>
  );
  return (
    <>
      {kind}{" "}
      <Popover content={list} trigger={["hover", "focus", "click"]}>
        <button type="button" className={styles.more}>
          {t("permissionCount", { count: apiKey.permissions.length })}
        </button>
      </Popover>
    </>
  );
}

function Addresses({ apiKey }: { apiKey: ApiKey }) {
  const t = useTranslations("dashboard.apiKeys");
  const [first, ...others] = apiKey.allowed_ips;
  if (!first) return <span className={styles.help}>{t("anywhere")}</span>;
  return (
    <span title={apiKey.allowed_ips.join(", ")}>
      {first} {others.length > 0 && <span className={styles.help}>+{others.length}</span>}
    </span>
  );
}

/** Whether it works, and until when. */
function Standing({ apiKey }: { apiKey: ApiKey }) {
  const t = useTranslations("dashboard.apiKeys");
  const state = stateOfKey(apiKey, Date.now());
  return (
    <span className={styles.standing}>
      <StateTag state={state} />
      {state === "active" && apiKey.expires_at && (
        <span className={styles.help}>
          {t(apiKey.replaced_by ? "rolledUntil" : "until")} <Moment at={apiKey.expires_at} isExact />
        </span>
      )}
      {state === "active" && apiKey.signature.required && <span className={styles.help}>{t("signedOnly")}</span>}
    </span>
  );
}

export function KeyCard({ apiKey, actions }: { apiKey: ApiKey; actions: ReactNode }) {
  return (
    <span className={styles.card}>
      <strong>{apiKey.label}</strong>
      {actions ?? <span />}
      <code>{apiKey.hint}</code>
      <Standing apiKey={apiKey} />
    </span>
  );
}
