"use client";

import { Badge, Menu } from "antd";
import Link from "next/link";
import type { ComponentType } from "react";

export interface SideEntry {
  readonly key: string;
  readonly text: string;
  readonly href: string;
  readonly icon: ComponentType;
  /** Things that wait there; none when 0. */
  readonly waiting?: number;
}

interface SideMenuProps {
  readonly groups: readonly { readonly key: string; readonly text: string; readonly entries: readonly SideEntry[] }[];
  /** The entry of the open page. */
  readonly current: string | undefined;
  readonly onChoose: (() => void) | undefined;
}

/** The navigation by task; a group without an entry is not shown. */
export function SideMenu({ groups, current, onChoose }: SideMenuProps) {
  const items = groups
    .filter(({ entries }) => entries.length > 0)
    .map(({ key, text, entries }) => ({
      type: "group" as const,
      key,
      label: text,
      children: entries.map((entry) => ({
        key: entry.key,
        icon: <entry.icon aria-hidden />,
        label: (
          <Link href={entry.href} aria-current={entry.key === current ? "page" : undefined}>
            {entry.text} {entry.waiting ? <Badge count={entry.waiting} size="small" offset={[4, -2]} /> : null}
          </Link>
        ),
      })),
    }));
  return (
    <Menu
      mode="inline"
      items={items}
      selectedKeys={current ? [current] : []}
      style={{ borderInlineEnd: 0 }}
      {...(onChoose && { onClick: onChoose })}
    />
  );
}
