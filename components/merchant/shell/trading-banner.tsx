"use client";

import { StopOutlined, WarningOutlined } from "@ant-design/icons";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useSession } from "../session.tsx";
import styles from "./shell.module.css";

/** Says why nothing can be taken: the merchant is suspended, or live mode is not open yet. */
export function TradingBanner() {
  const t = useTranslations("dashboard.trading");
  const { merchant, mode, can } = useSession();
  if (merchant.suspension) {
    return (
      <div role="alert" className={styles.stopped}>
        <StopOutlined aria-hidden />
        <span>
          {t("suspended", { reason: merchant.suspension.reason })}{" "}
          {can("tickets:write") && <Link href="/dashboard/support">{t("ask")}</Link>}
        </span>
      </div>
    );
  }
  if (mode !== "live" || merchant.liveStatus === "approved") return null;
  return (
    <div role="status" className={styles.clock}>
      <WarningOutlined aria-hidden />
      <span>
        {t("notLive")} {can("application:read") && <Link href="/dashboard/go-live">{t("goLive")}</Link>}
      </span>
    </div>
  );
}
