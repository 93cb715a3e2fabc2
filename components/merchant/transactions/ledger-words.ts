"use client";

import { useTranslations } from "next-intl";

/** What a kind of transaction is called; one without words yet is shown by its own name. */
export function useKindName(): (kind: string) => string {
  const t = useTranslations("dashboard.transactions.kinds");
  return (kind) => (t.has(kind as "payment_succeeded") ? t(kind as "payment_succeeded") : kind);
}

/** What an account of the book is called: `channel_clearing:ca_…` is one of a family, and told by the family's name. */
export function useAccountName(): (code: string) => string {
  const t = useTranslations("dashboard.accounts");
  return (code) => {
    const [family = code] = code.split(":");
    return t.has(family as "merchant_pending") ? t(family as "merchant_pending") : code;
  };
}
