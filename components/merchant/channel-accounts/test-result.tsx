"use client";

import { Alert } from "antd";
import { useLocale, useTranslations } from "next-intl";
import type { Channel, CredentialTest } from "../api/channel-accounts.ts";
import styles from "./channel-accounts.module.css";

const tones = { accepted: "success", refused: "error", unreachable: "warning" } as const;

/** What the provider said to a test, in words that say what to do. */
export function TestResult({ result, channel }: { result: CredentialTest; channel: Channel | undefined }) {
  const t = useTranslations("dashboard.channelAccounts.result");
  const locale = useLocale();
  const labelOf = (name: string) => channel?.credentials.find((field) => field.name === name)?.label ?? name;
  const fields = new Intl.ListFormat(locale).format(result.not_proven.map(labelOf));
  return (
    <Alert
      type={tones[result.result]}
      showIcon
      role="status"
      title={t(result.result)}
      description={
        <div className={styles.result}>
          {result.reason && result.field && <p>{t(`reasons.${result.reason}`, { field: labelOf(result.field) })}</p>}
          {result.result === "unreachable" && <p>{t("unreachableText")}</p>}
          {result.not_proven.length > 0 && <p>{t("notProven", { fields })}</p>}
          {result.provider_code && <p>{t("code", { code: result.provider_code })}</p>}
        </div>
      }
    />
  );
}
