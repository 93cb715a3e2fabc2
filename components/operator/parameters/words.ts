"use client";

import { useTranslations } from "next-intl";

/** What each parameter and group is called; one without a text shows its own name. */
export function useParameterWords() {
  const t = useTranslations("console.parameters");
  const text = (path: string, fallback: string) => {
    const key = path as Parameters<typeof t.has>[0];
    return t.has(key) ? t(key as Parameters<typeof t>[0]) : fallback;
  };
  return {
    group: (name: string) => text(`groups.${name}`, name),
    name: (name: string) => text(`names.${name}`, name),
    help: (name: string) => text(`help.${name}`, ""),
  };
}
