"use client";

import { MoreOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Channel, type ChannelAccount, useChannelAccountActions } from "../api/channel-accounts.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import { useSession } from "../session.tsx";
import styles from "./channel-accounts.module.css";
import { EditAccountModal } from "./edit-account-modal.tsx";
import { ReplaceCredentialsModal } from "./replace-credentials-modal.tsx";
import { TestResult } from "./test-result.tsx";

interface Props {
  readonly account: ChannelAccount;
  readonly channel: Channel | undefined;
}

export function AccountActions({ account, channel }: Props) {
  const t = useTranslations("dashboard.channelAccounts");
  const { modal } = App.useApp();
  const { can } = useSession();
  const { change, test } = useChannelAccountActions();
  const [open, setOpen] = useState<"edit" | "replace">();
  if (!can("channel_accounts:write") || !channel) return null;
  const isOwn = account.provided_by === "merchant";
  const isOn = account.status === "enabled";
  const { id, label } = account;
  const tell = (error: unknown) => modal.error({ title: t("problem"), content: <ProblemAlert error={error} /> });
  const runTest = () =>
    test.mutate(id, {
      onSuccess: (result) =>
        modal.info({
          icon: null,
          width: 520,
          title: t("testTitle", { label }),
          content: <TestResult result={result} channel={channel} />,
          okText: t("close"),
        }),
      onError: tell,
    });
  const switchTo = (status: ChannelAccount["status"]) => change.mutate({ id, status }, { onError: tell });
  const confirmOff = () =>
    modal.confirm({
      title: t("disableTitle", { label }),
      content: t("disableConsequence"),
      okText: t("disable"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: () => switchTo("disabled"),
    });
  return (
    <span className={styles.actions}>
      {isOwn && (
        <Button size="small" loading={test.isPending} onClick={runTest}>
          {t("test")}
        </Button>
      )}
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "edit", label: t("edit"), onClick: () => setOpen("edit") },
            ...(isOwn ? [{ key: "replace", label: t("replace"), onClick: () => setOpen("replace") }] : []),
            { type: "divider" },
            isOn
              ? { key: "off", label: t("disable"), danger: true, onClick: confirmOff }
              : { key: "on", label: t("enable"), onClick: () => switchTo("enabled") },
          ],
        }}
      >
        <Button size="small" icon={<MoreOutlined aria-hidden />} aria-label={`${t("columns.actions")}: ${label}`} />
      </Dropdown>
      {open === "edit" && <EditAccountModal account={account} channel={channel} onClose={() => setOpen(undefined)} />}
      {open === "replace" && (
        <ReplaceCredentialsModal account={account} channel={channel} onClose={() => setOpen(undefined)} />
      )}
    </span>
  );
}
