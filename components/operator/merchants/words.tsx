"use client";

import { Tag } from "antd";
import { useTranslations } from "next-intl";
import type { MerchantRow } from "../api/merchants.ts";

const liveColors = {
  not_applied: "default",
  submitted: "processing",
  information_asked: "warning",
  approved: "success",
  rejected: "error",
} as const;

/** How far a merchant is with live mode. */
export function LiveState({ status }: { status: MerchantRow["live_status"] }) {
  const t = useTranslations("console.merchants.live");
  return <Tag color={liveColors[status]}>{t(status)}</Tag>;
}

export function MerchantState({ status }: { status: MerchantRow["status"] }) {
  const t = useTranslations("console.merchants.states");
  return <Tag color={status === "suspended" ? "error" : "success"}>{t(status)}</Tag>;
}
