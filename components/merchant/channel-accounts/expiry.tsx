"use client";

import { useTranslations } from "next-intl";
import { Moment } from "../pieces/moment.tsx";
import styles from "./channel-accounts.module.css";

const dayMs = 86_400_000;
/** A new certificate takes a working day or two to get. */
const warnedDays = 30;

/** When an account's certificate ends, louder as the day comes near. */
export function Expiry({ at }: { at: string | null }) {
  const t = useTranslations("dashboard.channelAccounts");
  if (!at) return <span className={styles.soft}>{t("noExpiry")}</span>;
  const leftMs = Date.parse(at) - Date.now();
  const days = Math.floor(leftMs / dayMs);
  return (
    <span className={styles.expiry}>
      <Moment at={at} isExact />
      {leftMs <= 0 && <strong className={styles.late}>{t("expiredAlready")}</strong>}
      {leftMs > 0 && days <= warnedDays && <strong className={styles.soon}>{t("expiresIn", { days })}</strong>}
    </span>
  );
}
