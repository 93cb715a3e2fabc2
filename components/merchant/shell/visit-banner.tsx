"use client";

import { EyeOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { ApiClient } from "../api/client.ts";
import { formatShort } from "../format.ts";
import { useSession } from "../session.tsx";
import styles from "./shell.module.css";

/** Says to an operator whose dashboard this is, until when, and how to leave. */
export function VisitBanner() {
  const t = useTranslations("dashboard.visit");
  const locale = useLocale();
  const { visit, merchant } = useSession();
  const [isLeaving, setLeaving] = useState(false);
  if (!visit) return null;
  const leave = async () => {
    setLeaving(true);
    const api = new ApiClient({ headers: { "x-locale": locale }, signIn: "/console/sign-in" });
    await api.post(`/v1/operator/impersonations/${visit.id}/end`, undefined).catch(() => undefined);
    location.assign(`/console/merchants/${merchant.id}`);
  };
  return (
    <div role="status" className={styles.visit}>
      <EyeOutlined aria-hidden />
      <span>
        {t(visit.mayWrite ? "changing" : "looking", {
          merchant: merchant.name,
          until: formatShort(locale, new Date(visit.expiresAt), merchant.timeZone),
        })}
      </span>
      <Button size="small" loading={isLeaving} onClick={leave}>
        {t("leave")}
      </Button>
    </div>
  );
}
