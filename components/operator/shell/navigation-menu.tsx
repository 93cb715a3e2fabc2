"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { SideMenu } from "../../merchant/shell/side-menu.tsx";
import { type Queue, useWaiting } from "../api/waiting.ts";
import { useConsole } from "../session.tsx";
import { hrefOf, navigation, sectionOf } from "./navigation.ts";

export function NavigationMenu({ onChoose }: { onChoose?: () => void }) {
  const t = useTranslations("console.navigation");
  const { may } = useConsole();
  const waiting: Readonly<Partial<Record<string, number>>> = {
    approvals: useWaiting("approvals", may("approvals:read")),
    tickets: useWaiting("tickets", may("tickets:read")),
    "error-cases": useWaiting("error-cases", may("orders:read")),
  } satisfies Record<Queue, number>;
  const groups = navigation.map(({ group, entries }) => ({
    key: group,
    text: t(`groups.${group}`),
    entries: entries
      .filter(({ permission }) => may(permission))
      .map(({ key, icon }) => ({ key, icon, text: t(key), href: hrefOf(key), waiting: waiting[key] ?? 0 })),
  }));
  return <SideMenu groups={groups} current={sectionOf(usePathname())} onChoose={onChoose} />;
}
