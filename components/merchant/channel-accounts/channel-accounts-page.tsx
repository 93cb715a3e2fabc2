"use client";

import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Channel, type ChannelAccount, useChannelAccounts, useChannels } from "../api/channel-accounts.ts";
import { DataList } from "../pieces/data-list.tsx";
import { Empty } from "../pieces/empty.tsx";
import { Hidden } from "../pieces/hidden.tsx";
import { PageHead, Panel } from "../pieces/page-head.tsx";
import { StateTag } from "../pieces/state-tag.tsx";
import { useSession } from "../session.tsx";
import { AccountActions } from "./account-actions.tsx";
import { AddAccountModal } from "./add-account-modal.tsx";
import styles from "./channel-accounts.module.css";
import { Expiry } from "./expiry.tsx";
import { useMethodName } from "./method-name.ts";

/** The merchant's accounts at providers: what each is for, whether it works, when its certificate ends. */
export function ChannelAccountsPage() {
  const t = useTranslations("dashboard.channelAccounts");
  const methodName = useMethodName();
  const { can, mode } = useSession();
  const [isAdding, setAdding] = useState(false);
  const accounts = useChannelAccounts();
  const channels = useChannels().data?.data ?? [];
  const channelOf = (account: ChannelAccount) => channels.find(({ id }) => id === account.channel);
  const add = can("channel_accounts:write") && channels.length > 0 && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
      {t("add")}
    </Button>
  );
  const methodsOf = (account: ChannelAccount) => account.methods.map(methodName).join(", ");
  return (
    <>
      <PageHead title={t("title")} note={t(mode === "test" ? "noteTest" : "noteLive")} action={add} />
      <Panel isFlush>
        <DataList<ChannelAccount>
          label={t("title")}
          result={accounts}
          columns={[
            {
              title: t("columns.name"),
              key: "name",
              render: (_, account) => <AccountName account={account} channel={channelOf(account)} />,
            },
            { title: t("columns.methods"), key: "methods", render: (_, account) => methodsOf(account) },
            {
              title: t("columns.status"),
              key: "status",
              width: 140,
              render: (_, account) => <StateTag state={account.status} />,
            },
            {
              title: t("columns.expiry"),
              key: "expiry",
              render: (_, account) =>
                account.provided_by === "platform" ? "–" : <Expiry at={account.credentials_expire_at} />,
            },
            { title: t("columns.priority"), dataIndex: "priority", width: 90, align: "right" },
            {
              title: <Hidden>{t("columns.actions")}</Hidden>,
              key: "actions",
              width: 140,
              align: "right",
              render: (_, account) => <AccountActions account={account} channel={channelOf(account)} />,
            },
          ]}
          card={(account) => (
            <span className={styles.card}>
              <AccountName account={account} channel={channelOf(account)} />
              <StateTag state={account.status} />
              <span className={styles.soft}>{methodsOf(account)}</span>
              {account.credentials_expire_at && (
                <span>
                  <span className={styles.soft}>{t("columns.expiry")}</span>{" "}
                  <Expiry at={account.credentials_expire_at} />
                </span>
              )}
              <AccountActions account={account} channel={channelOf(account)} />
            </span>
          )}
          empty={
            <Empty title={t("none")}>
              <p>{t("noneHelp")}</p>
              {add}
            </Empty>
          }
        />
      </Panel>
      {isAdding && <AddAccountModal channels={channels} onClose={() => setAdding(false)} />}
    </>
  );
}

function AccountName({ account, channel }: { account: ChannelAccount; channel: Channel | undefined }) {
  const t = useTranslations("dashboard.channelAccounts.environments");
  return (
    <span className={styles.name}>
      <strong>{account.label}</strong>
      <span>
        {channel?.label ?? account.channel} · {t(account.environment)}
      </span>
      {account.provided_by === "platform" && <ProvidedNote account={account} />}
      {account.pause_reason && <PauseNote reason={account.pause_reason} />}
    </span>
  );
}

/** Whose credentials it opens with; and whether the platform has closed it, where no pause says so. */
function ProvidedNote({ account }: { account: ChannelAccount }) {
  const t = useTranslations("dashboard.channelAccounts");
  const isHeldBack = account.status === "enabled" && !account.takes_payments && !account.pause_reason;
  return (
    <>
      <span>{t("byPlatform")}</span>
      {isHeldBack && <span className={styles.pause}>{t("heldBack")}</span>}
    </>
  );
}

/** Operators keep new payments away from the account. */
function PauseNote({ reason }: { reason: string }) {
  const t = useTranslations("dashboard.channelAccounts");
  return <span className={styles.pause}>{t("paused", { reason })}</span>;
}
