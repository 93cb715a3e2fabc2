"use client";

import { DownloadOutlined } from "@ant-design/icons";
import { App, Button, type TableColumnsType } from "antd";
import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { type PrivacyRequest, usePrivacyActions } from "../api/privacy.ts";
import { DataList } from "../pieces/data-list.tsx";
import { Empty } from "../pieces/empty.tsx";
import { Moment } from "../pieces/moment.tsx";
import { StateTag } from "../pieces/state-tag.tsx";
import { useSession } from "../session.tsx";
import styles from "./privacy.module.css";

type Props = Pick<ComponentProps<typeof DataList<PrivacyRequest>>, "result" | "paging">;

export function RequestList(props: Props) {
  const t = useTranslations("dashboard.privacy");
  return (
    <DataList<PrivacyRequest>
      {...props}
      label={t("requests")}
      columns={useColumns()}
      card={(of) => <RequestCard of={of} />}
      empty={
        <Empty title={t("none")}>
          <p>{t("noneHelp")}</p>
        </Empty>
      }
    />
  );
}

function useColumns(): TableColumnsType<PrivacyRequest> {
  const t = useTranslations("dashboard.privacy");
  return [
    { title: t("person"), key: "person", render: (_, of) => <strong>{of.subject_hint}</strong> },
    { title: t("kind"), key: "kind", width: 140, render: (_, of) => t(`kinds.${of.kind}`) },
    { title: t("status"), key: "status", width: 160, render: (_, of) => <StateTag state={of.status} /> },
    { title: t("result"), key: "result", width: 260, render: (_, of) => <Outcome of={of} /> },
    { title: t("requested"), key: "requested", width: 170, render: (_, of) => <Moment at={of.created_at} /> },
    { title: t("action"), key: "action", width: 170, render: (_, of) => <Download of={of} /> },
  ];
}

function Outcome({ of }: { of: PrivacyRequest }) {
  const t = useTranslations("dashboard.privacy");
  if (of.status === "failed") return <>{t("tooMany")}</>;
  return <>{t("orders", { count: of.orders })}</>;
}

function Download({ of }: { of: PrivacyRequest }) {
  const t = useTranslations("dashboard.privacy");
  const { can } = useSession();
  const { message } = App.useApp();
  const { download } = usePrivacyActions();
  if (!of.has_file || !can("privacy:write")) return null;
  const say = (error: unknown) => message.error(error instanceof Error && error.message ? error.message : t("failed"));
  return (
    <Button
      icon={<DownloadOutlined aria-hidden />}
      loading={download.isPending}
      onClick={() => download.mutate(of.id, { onError: say })}
    >
      {t("download")}
    </Button>
  );
}

function RequestCard({ of }: { of: PrivacyRequest }) {
  const t = useTranslations("dashboard.privacy");
  return (
    <div className={styles.card}>
      <strong>{of.subject_hint}</strong>
      <StateTag state={of.status} />
      <span className={styles.soft}>
        {t(`kinds.${of.kind}`)} · <Outcome of={of} />
      </span>
      <span className={styles.soft}>
        <Moment at={of.created_at} />
      </span>
      <Download of={of} />
    </div>
  );
}
