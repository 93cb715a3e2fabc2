"use client";

import { ToolOutlined } from "@ant-design/icons";
import { Button, Select, type TableColumnsType } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Expiry } from "../../merchant/channel-accounts/expiry.tsx";
import { DataList } from "../../merchant/pieces/data-list.tsx";
import { Empty } from "../../merchant/pieces/empty.tsx";
import { Hidden } from "../../merchant/pieces/hidden.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { NothingFound } from "../../merchant/pieces/nothing-found.tsx";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import filters from "../../merchant/pieces/pieces.module.css";
import { StateTag } from "../../merchant/pieces/state-tag.tsx";
import { useUrlFilter } from "../../merchant/pieces/use-url-filter.ts";
import { type OperatorAccount, useChannelAccountsOfAll } from "../api/channels.ts";
import { useConsole } from "../session.tsx";
import { AnnounceModal } from "./announce-modal.tsx";
import styles from "./channels.module.css";
import { PauseButton } from "./pause-button.tsx";
import { PlatformPanel } from "./platform-panel.tsx";
import { WindowsPanel } from "./windows-panel.tsx";

const filterNames = ["channel", "livemode"] as const;

/** Every channel account of every merchant, the one whose certificate ends soonest first; above it announced maintenance. */
export function ChannelsPage() {
  const t = useTranslations("console.channels");
  const { may } = useConsole();
  const filter = useUrlFilter(filterNames);
  const { channel, livemode } = filter.values;
  const result = useChannelAccountsOfAll({ channel, livemode });
  const all = useChannelAccountsOfAll({}).data?.data ?? [];
  const [isAnnouncing, setAnnouncing] = useState(false);
  const names = new Map(all.map((account) => [account.channel, account.channel_name]));
  return (
    <>
      <PageHead
        title={t("title")}
        note={t("note")}
        action={
          may("channels:write") && (
            <Button type="primary" icon={<ToolOutlined aria-hidden />} onClick={() => setAnnouncing(true)}>
              {t("announce.open")}
            </Button>
          )
        }
      />
      <WindowsPanel />
      <PlatformPanel />
      <search className={filters.filters}>
        <Select
          className={filters.choice}
          aria-label={t("columns.channel")}
          placeholder={t("columns.channel")}
          allowClear
          value={channel}
          options={[...names].map(([value, label]) => ({ value, label }))}
          onChange={(value?: string) => filter.set({ channel: value })}
        />
        <Select
          className={filters.choice}
          aria-label={t("columns.mode")}
          placeholder={t("columns.mode")}
          allowClear
          value={livemode}
          options={[
            { value: "true", label: t("live") },
            { value: "false", label: t("test") },
          ]}
          onChange={(value?: string) => filter.set({ livemode: value })}
        />
      </search>
      <Panel isFlush>
        <DataList<OperatorAccount>
          label={t("title")}
          result={result}
          columns={useColumns()}
          card={(account) => <AccountCard account={account} />}
          empty={filter.isFiltered ? <NothingFound onClear={filter.clear} /> : <Empty title={t("none")} />}
        />
      </Panel>
      {isAnnouncing && <AnnounceModal channels={names} onClose={() => setAnnouncing(false)} />}
    </>
  );
}

function useColumns(): TableColumnsType<OperatorAccount> {
  const t = useTranslations("console.channels");
  return [
    { title: t("columns.account"), key: "account", render: (_, account) => <AccountName account={account} /> },
    { title: t("columns.status"), key: "status", width: 220, render: (_, account) => <Status account={account} /> },
    {
      title: t("columns.expiry"),
      key: "expiry",
      width: 200,
      render: (_, account) => <Expiry at={account.credentials_expire_at} />,
    },
    {
      title: t("columns.answered"),
      key: "answered",
      width: 150,
      render: (_, account) => (account.answered_at ? <Moment at={account.answered_at} /> : "–"),
    },
    {
      title: t("columns.lost"),
      key: "lost",
      width: 150,
      render: (_, account) => (account.lost_at ? <Moment at={account.lost_at} /> : "–"),
    },
    {
      title: <Hidden>{t("columns.do")}</Hidden>,
      key: "do",
      width: 120,
      align: "right",
      render: (_, account) => <PauseButton account={account} />,
    },
  ];
}

function AccountName({ account }: { account: OperatorAccount }) {
  const t = useTranslations("console.channels");
  return (
    <div className={styles.name}>
      <strong>{account.merchant.name}</strong>
      <span>
        {account.channel_name} · {account.label} · {t(account.livemode ? "live" : "test")}
      </span>
    </div>
  );
}

function Status({ account }: { account: OperatorAccount }) {
  const t = useTranslations("console.channels");
  if (!account.paused_at) return <StateTag state={account.status} />;
  return (
    <span className={styles.paused}>
      {t("paused")}: {account.pause_reason}
    </span>
  );
}

function AccountCard({ account }: { account: OperatorAccount }) {
  return (
    <div className={styles.card}>
      <AccountName account={account} />
      <PauseButton account={account} />
      <Status account={account} />
      {account.credentials_expire_at ? <Expiry at={account.credentials_expire_at} /> : <span />}
    </div>
  );
}
