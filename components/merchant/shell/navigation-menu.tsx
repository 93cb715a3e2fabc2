"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useSession } from "../session.tsx";
import { hrefOf, navigation, sectionOf } from "./navigation.ts";
import { SideMenu } from "./side-menu.tsx";

export function NavigationMenu({ onChoose }: { onChoose?: () => void }) {
  const t = useTranslations("dashboard.navigation");
  const { can } = useSession();
  const groups = navigation.map(({ group, entries }) => ({
    key: group,
    text: t(`groups.${group}`),
    entries: entries
      .filter(({ permission }) => can(permission))
      .map(({ key, icon }) => ({ key, icon, text: t(key), href: hrefOf(key) })),
  }));
  return <SideMenu groups={groups} current={sectionOf(usePathname())} onChoose={onChoose} />;
}
