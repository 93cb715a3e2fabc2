"use client";

import { App, Button, Skeleton } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Expiry } from "../../merchant/channel-accounts/expiry.tsx";
import { useMethodName } from "../../merchant/channel-accounts/method-name.ts";
import { TestResult } from "../../merchant/channel-accounts/test-result.tsx";
import { Copyable } from "../../merchant/pieces/copy-button.tsx";
import { Facts } from "../../merchant/pieces/facts.tsx";
import { Moment } from "../../merchant/pieces/moment.tsx";
import { PageHead, Panel } from "../../merchant/pieces/page-head.tsx";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import { StateTag } from "../../merchant/pieces/state-tag.tsx";
import {
  type PlatformAccountDetail,
  useChannelKinds,
  usePlatformAccount,
  usePlatformAccountActions,
} from "../api/platform-accounts.ts";
import { useConsole } from "../session.tsx";
import styles from "./channels.module.css";
import { EditPlatformAccountModal } from "./edit-platform-account-modal.tsx";
import { LoansPanel } from "./loans-panel.tsx";
import { ReplacePlatformCredentialsModal } from "./replace-platform-credentials-modal.tsx";

export function PlatformAccountPage({ id }: { id: string }) {
  const { data, error, refetch } = usePlatformAccount(id);
  if (data) return <AccountView account={data} />;
  return error ? <ProblemAlert error={error} onRetry={refetch} /> : <Skeleton active />;
}

/** One account of the platform's own: what it is, and whom it is lent to. */
function AccountView({ account }: { account: PlatformAccountDetail }) {
  const t = useTranslations("console.channels");
  const words = useTranslations("dashboard.channelAccounts");
  const methodName = useMethodName();
  return (
    <>
      <PageHead
        title={account.label}
        note={`${account.channel_name} · ${words(`environments.${account.environment}`)}`}
        action={<Actions account={account} />}
      />
      <Panel>
        <Facts
          facts={[
            [t("columns.status"), <StateTag key="status" state={account.status} />],
            [t("platform.methods"), account.methods.map(methodName).join(", ")],
            [t("columns.expiry"), <Expiry key="expiry" at={account.credentials_expire_at} />],
            [t("columns.answered"), account.answered_at && <Moment key="answered" at={account.answered_at} />],
            [t("columns.lost"), account.lost_at && <Moment key="lost" at={account.lost_at} />],
            [words("notifyUrl"), <Copyable key="url" text={account.notify_url} what={words("notifyUrl")} />],
          ]}
        />
      </Panel>
      <LoansPanel account={account} />
    </>
  );
}

function Actions({ account }: { account: PlatformAccountDetail }) {
  const t = useTranslations("console.channels");
  const words = useTranslations("dashboard.channelAccounts");
  const { may } = useConsole();
  const { modal } = App.useApp();
  const { change, test } = usePlatformAccountActions(account.id);
  const channel = useChannelKinds().data?.data.find(({ id }) => id === account.channel);
  const [open, setOpen] = useState<"edit" | "replace">();
  const onError = (error: unknown) => modal.error({ title: words("problem"), content: <ProblemAlert error={error} /> });
  const runTest = () =>
    test.mutate(undefined, {
      onError,
      onSuccess: (result) =>
        modal.info({
          icon: null,
          width: 520,
          title: words("testTitle", { label: account.label }),
          content: <TestResult result={result} channel={channel} />,
          okText: words("close"),
        }),
    });
  const confirmOff = () =>
    modal.confirm({
      title: words("disableTitle", { label: account.label }),
      content: t("platform.disableConsequence", { count: account.merchants }),
      okText: words("disable"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: () => change.mutate({ status: "disabled" }, { onError }),
    });
  return (
    <span className={styles.buttons}>
      {may("channels:write") && (
        <Button loading={test.isPending} onClick={runTest}>
          {words("test")}
        </Button>
      )}
      {may("channels:write") && channel && <Button onClick={() => setOpen("edit")}>{words("edit")}</Button>}
      {may("platform_accounts:write") && channel && (
        <Button onClick={() => setOpen("replace")}>{words("replace")}</Button>
      )}
      {may("channels:write") &&
        (account.status === "enabled" ? (
          <Button danger onClick={confirmOff}>
            {words("disable")}
          </Button>
        ) : (
          <Button loading={change.isPending} onClick={() => change.mutate({ status: "enabled" }, { onError })}>
            {words("enable")}
          </Button>
        ))}
      {open === "edit" && channel && (
        <EditPlatformAccountModal account={account} channel={channel} onClose={() => setOpen(undefined)} />
      )}
      {open === "replace" && channel && (
        <ReplacePlatformCredentialsModal account={account} channel={channel} onClose={() => setOpen(undefined)} />
      )}
    </span>
  );
}
