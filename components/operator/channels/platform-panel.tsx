"use client";

import { PlusOutlined } from "@ant-design/icons";
import { Button, type TableColumnsType } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Expiry } from "../../merchant/channel-accounts/expiry.tsx";
import { DataList } from "../../merchant/pieces/data-list.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { Panel } from "../../merchant/pieces/page-head.tsx";
import { StateTag } from "../../merchant/pieces/state-tag.tsx";
import { type PlatformAccount, usePlatformAccounts } from "../api/platform-accounts.ts";
import { useConsole } from "../session.tsx";
import styles from "./channels.module.css";
import { NewPlatformAccountModal } from "./new-platform-account-modal.tsx";

const hrefOf = ({ id }: PlatformAccount) => `/console/channels/${id}`;

/** The platform's own accounts at providers, which it lends to merchants. */
export function PlatformPanel() {
  const t = useTranslations("console.channels.platform");
  const columnName = useTranslations("console.channels.columns");
  const { may } = useConsole();
  const result = usePlatformAccounts();
  const [isAdding, setAdding] = useState(false);
  const columns: TableColumnsType<PlatformAccount> = [
    { title: columnName("account"), key: "account", render: (_, account) => <AccountName account={account} /> },
    { title: columnName("status"), key: "status", width: 120, render: (_, { status }) => <StateTag state={status} /> },
    { title: t("merchants"), dataIndex: "merchants", width: 110, align: "right" },
    {
      title: columnName("expiry"),
      key: "expiry",
      width: 200,
      render: (_, account) => <Expiry at={account.credentials_expire_at} />,
    },
    {
      title: columnName("answered"),
      key: "answered",
      width: 150,
      render: (_, { answered_at: at }) => (at ? <Moment at={at} /> : "–"),
    },
    {
      title: columnName("lost"),
      key: "lost",
      width: 150,
      render: (_, { lost_at: at }) => (at ? <Moment at={at} /> : "–"),
    },
  ];
  return (
    <div className={styles.windows}>
      <Panel
        isFlush
        title={t("title")}
        action={
          may("platform_accounts:write") && (
            <Button icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
              {t("add")}
            </Button>
          )
        }
      >
        <DataList<PlatformAccount>
          label={t("title")}
          result={result}
          columns={columns}
          hrefOf={hrefOf}
          card={(account) => (
            <div className={styles.card}>
              <AccountName account={account} isPlain />
              <StateTag state={account.status} />
              <span className={styles.soft}>{t("lentTo", { count: account.merchants })}</span>
            </div>
          )}
          empty={<p className={styles.nothing}>{t("none")}</p>}
        />
      </Panel>
      {isAdding && <NewPlatformAccountModal onClose={() => setAdding(false)} />}
    </div>
  );
}

/** @param props.isPlain inside something that is a link already */
function AccountName({ account, isPlain = false }: { account: PlatformAccount; isPlain?: boolean }) {
  const t = useTranslations("dashboard.channelAccounts.environments");
  return (
    <div className={styles.name}>
      <strong>{isPlain ? account.label : <Link href={hrefOf(account)}>{account.label}</Link>}</strong>
      <span>
        {account.channel_name} · {t(account.environment)}
      </span>
    </div>
  );
}
