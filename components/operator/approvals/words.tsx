"use client";

import { Tag } from "antd";
import { useTranslations } from "next-intl";
import type { Approval } from "../api/approvals.ts";

const colors = {
  pending: "processing",
  approved: "success",
  rejected: "error",
  withdrawn: "default",
  expired: "default",
} as const;

/** Keys of messages hold no points. */
const keyOf = (kind: string) => kind.replaceAll(".", "_");

export function useKindName(): (kind: string) => string {
  const t = useTranslations("console.approvals.kinds");
  return (kind) => {
    const key = keyOf(kind) as Parameters<typeof t.has>[0];
    return t.has(key) ? t(key) : kind;
  };
}

/** The name of a fact that both people see. */
export function useFactName(): (name: string) => string {
  const t = useTranslations("console.approvals.facts");
  return (name) => {
    const key = keyOf(name) as Parameters<typeof t.has>[0];
    return t.has(key) ? t(key) : name.replaceAll("_", " ");
  };
}

export function ApprovalState({ approval }: { approval: Approval }) {
  const t = useTranslations("console.approvals");
  const text = approval.may_decide ? t("yourTurn") : t(`states.${approval.status}`);
  return <Tag color={approval.may_decide ? "warning" : colors[approval.status]}>{text}</Tag>;
}
