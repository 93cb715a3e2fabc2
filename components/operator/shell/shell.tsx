"use client";

import { MenuOutlined, UserOutlined } from "@ant-design/icons";
import { Badge, Button, Drawer, Dropdown, Menu } from "antd";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { LanguageMenu, ThemeMenu } from "../../merchant/shell/preference-menus.tsx";
import styles from "../../merchant/shell/shell.module.css";
import { Mark } from "../../site/mark.tsx";
import { useWaiting } from "../api/approvals.ts";
import { useConsole } from "../session.tsx";
import { hrefOf, navigation, sectionOf } from "./navigation.ts";

/** The frame of every page of the console. */
export function ConsoleShell({ children }: { children: ReactNode }) {
  const t = useTranslations("console.shell");
  const [isOpen, setOpen] = useState(false);
  const name = (
    <Link href="/console" className={styles.name}>
      <Mark /> <span>{t("name")}</span>
    </Link>
  );
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#content">
        {t("skip")}
      </a>
      <aside className={styles.side}>
        {name}
        <nav aria-label={t("navigation")}>
          <Navigation />
        </nav>
      </aside>
      <div className={styles.main}>
        <header className={styles.bar} data-realm="operator">
          <Button
            className={styles.menu}
            type="text"
            icon={<MenuOutlined aria-hidden />}
            aria-label={t("openNavigation")}
            onClick={() => setOpen(true)}
          />
          <p className={styles.mode}>{t("realm")}</p>
          <span className={styles.preferences}>
            <LanguageMenu />
            <ThemeMenu />
          </span>
          <PersonMenu />
        </header>
        <main id="content" className={styles.content} tabIndex={-1}>
          {children}
        </main>
      </div>
      <Drawer
        open={isOpen}
        onClose={() => setOpen(false)}
        placement="left"
        size={280}
        title={name}
        styles={{ body: { padding: 8 } }}
      >
        <nav aria-label={t("navigation")}>
          <Navigation onChoose={() => setOpen(false)} />
        </nav>
        <div className={styles.drawerFoot}>
          <LanguageMenu />
          <ThemeMenu />
        </div>
      </Drawer>
    </div>
  );
}

function Navigation({ onChoose }: { onChoose?: () => void }) {
  const t = useTranslations("console.navigation");
  const { may } = useConsole();
  const section = sectionOf(usePathname());
  const waiting = useWaiting(may("approvals:read"));
  const items = navigation
    .map(({ group, entries }) => ({
      type: "group" as const,
      key: group,
      label: t(`groups.${group}`),
      children: entries
        .filter((entry) => may(entry.permission))
        .map((entry) => ({
          key: entry.key,
          icon: <entry.icon aria-hidden />,
          label: (
            <Link href={hrefOf(entry.key)} aria-current={entry.key === section ? "page" : undefined}>
              {t(entry.key)} {entry.key === "approvals" && <Badge count={waiting} size="small" offset={[4, -2]} />}
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

function PersonMenu() {
  const t = useTranslations("console.shell");
  const { person, role } = useConsole();
  return (
    <Dropdown
      trigger={["click"]}
      placement="bottomRight"
      menu={{
        items: [
          {
            key: "person",
            type: "group",
            label: (
              <span className={styles.person}>
                <strong>{person.name}</strong>
                <span>{person.email}</span>
                <span>{t(`roles.${role}`)}</span>
              </span>
            ),
          },
          { type: "divider" },
          { key: "sign-out", label: t("signOut"), onClick: () => void signOut({ callbackUrl: "/console/sign-in" }) },
        ],
      }}
    >
      <Button type="text" icon={<UserOutlined aria-hidden />} aria-label={t("account", { name: person.name })} />
    </Dropdown>
  );
}
