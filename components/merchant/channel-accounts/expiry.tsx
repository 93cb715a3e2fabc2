"use client";

import { useLocale, useTranslations } from "next-intl";
import { useZone } from "../../zone.tsx";
import { formatDay } from "../format.ts";
import styles from "./channel-accounts.module.css";

const dayMs = 86_400_000;
/** A new certificate takes a working day or two to get. */
const warnedDays = 30;

/** When an account's certificate ends, louder as the day comes near. */
export function Expiry({ at }: { at: string | null }) {
  const t = useTranslations("dashboard.channelAccounts");
  const locale = useLocale();
  const { timeZone } = useZone();
  if (!at) return <span className={styles.soft}>{t("noExpiry")}</span>;
  const leftMs = Date.parse(at) - Date.now();
  const days = Math.floor(leftMs / dayMs);
  return (
    <span className={styles.expiry}>
      <time dateTime={at}>{formatDay(locale, new Date(at), timeZone)}</time>
      {leftMs <= 0 && <strong className={styles.late}>{t("expiredAlready")}</strong>}
      {leftMs > 0 && days <= warnedDays && <strong className={styles.soon}>{t("expiresIn", { days })}</strong>}
    </span>
  );
}
