"use client";

import { PlusOutlined } from "@ant-design/icons";
import { Button, type TableColumnsType } from "antd";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { type ApiKey, useApiKeys } from "../api/api-keys.ts";
import { DataList } from "../pieces/data-list.tsx";
import { Empty } from "../pieces/empty.tsx";
import { Moment } from "../pieces/moment.tsx";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { StateTag } from "../pieces/state-tag.tsx";
import { useSession } from "../session.tsx";
import styles from "./api-keys.module.css";
import { CreateKeyModal } from "./create-key-modal.tsx";
import { RevokeKeyModal } from "./revoke-key-modal.tsx";

export function ApiKeysPage() {
  const t = useTranslations("dashboard.apiKeys");
  const { can, mode } = useSession();
  const [isCreating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey>();
  const mayWrite = can("api_keys:write");
  const revoke = (key: ApiKey) =>
    mayWrite && !key.revoked_at ? (
      <Button size="small" danger onClick={() => setRevoking(key)}>
        {t("revoke")}
      </Button>
    ) : null;
  return (
    <>
      <PageHead
        title={t("title")}
        note={t(mode === "test" ? "noteTest" : "noteLive")}
        action={
          mayWrite && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
              {t("create")}
            </Button>
          )
        }
      />
      <Panel isFlush>
        <DataList<ApiKey>
          label={t("title")}
          result={useApiKeys()}
          columns={useColumns(revoke)}
          card={(key) => (
            <span className={styles.card}>
              <strong>{key.label}</strong>
              <StateTag state={key.revoked_at ? "revoked" : "active"} />
              <code>{key.hint}</code>
              {revoke(key)}
            </span>
          )}
          empty={
            <Empty title={t("none")}>
              <p>{t("noneHelp")}</p>
            </Empty>
          }
        />
      </Panel>
      {isCreating && <CreateKeyModal onClose={() => setCreating(false)} />}
      {revoking && <RevokeKeyModal apiKey={revoking} onClose={() => setRevoking(undefined)} />}
    </>
  );
}

function useColumns(revoke: (key: ApiKey) => ReactNode): TableColumnsType<ApiKey> {
  const t = useTranslations("dashboard.apiKeys");
  return [
    { title: t("columns.label"), dataIndex: "label", ellipsis: true },
    { title: t("columns.kind"), key: "kind", width: 170, render: (_, { kind }) => t(`kinds.${kind}.name`) },
    { title: t("columns.key"), key: "key", width: 220, render: (_, { hint }) => <code>{hint}</code> },
    {
      title: t("columns.status"),
      key: "status",
      width: 130,
      render: (_, key) => <StateTag state={key.revoked_at ? "revoked" : "active"} />,
    },
    {
      title: t("columns.used"),
      key: "used",
      width: 170,
      render: (_, { last_used_at }) => (last_used_at ? <Moment at={last_used_at} /> : t("neverUsed")),
    },
    { title: t("columns.created"), key: "created", width: 170, render: (_, key) => <Moment at={key.created_at} /> },
    {
      title: <span className={styles.hidden}>{t("columns.actions")}</span>,
      key: "actions",
      width: 110,
      align: "right",
      render: (_, key) => revoke(key),
    },
  ];
}
