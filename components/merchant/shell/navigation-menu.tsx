"use client";

import { Menu } from "antd";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useSession } from "../session.tsx";
import { hrefOf, navigation, sectionOf } from "./navigation.ts";

export function NavigationMenu({ onChoose }: { onChoose?: () => void }) {
  const t = useTranslations("dashboard.navigation");
  const { can } = useSession();
  const section = sectionOf(usePathname());
  const items = navigation
    .map(({ group, entries }) => ({
      type: "group" as const,
      key: group,
      label: t(`groups.${group}`),
      children: entries
        .filter((entry) => can(entry.permission))
        .map((entry) => ({
          key: entry.key,
          icon: <entry.icon aria-hidden />,
          label: (
            <Link href={hrefOf(entry.key)} aria-current={entry.key === section ? "page" : undefined}>
              {t(entry.key)}
            </Link>
          ),
        })),
    }))
    .filter(({ children }) => children.length > 0);
  return (
    <Menu
      mode="inline"
      items={items}
      selectedKeys={section ? [section] : []}
      style={{ borderInlineEnd: 0 }}
      {...(onChoose && { onClick: onChoose })}
    />
  );
}
