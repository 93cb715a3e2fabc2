"use client";

import { useTranslations } from "next-intl";

/** What a method is called; one without an entry is called by its own name. */
export function useMethodName(): (method: string) => string {
  const t = useTranslations("dashboard.methods");
  return (method) => (t.has(method as "card") ? t(method as "card") : method);
}
