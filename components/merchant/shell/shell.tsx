"use client";

import { MenuOutlined } from "@ant-design/icons";
import { Button, Drawer } from "antd";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Mark } from "../../site/mark.tsx";
import { QuickSearch } from "../search/quick-search.tsx";
import { useSession } from "../session.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { ClockBanner } from "./clock-banner.tsx";
import { MaintenanceBanner } from "./maintenance-banner.tsx";
import { ModeSwitch } from "./mode-switch.tsx";
import { NavigationMenu } from "./navigation-menu.tsx";
import { LanguageMenu, ThemeMenu } from "./preference-menus.tsx";
import styles from "./shell.module.css";
import { TradingBanner } from "./trading-banner.tsx";
import { VisitBanner } from "./visit-banner.tsx";

/** The frame of every signed-in page: navigation on the left, who and where on top. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useTranslations("dashboard.shell");
  const { merchant, mode } = useSession();
  const [isOpen, setOpen] = useState(false);
  const name = (
    <Link href="/dashboard" className={styles.name}>
      <Mark /> <span>{merchant.name}</span>
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
          <NavigationMenu />
        </nav>
      </aside>
      <div className={styles.main}>
        <header className={styles.bar} data-mode={mode}>
          <Button
            className={styles.menu}
            type="text"
            icon={<MenuOutlined aria-hidden />}
            aria-label={t("openNavigation")}
            onClick={() => setOpen(true)}
          />
          <p className={styles.mode}>{t(mode === "test" ? "testMode" : "liveMode")}</p>
          <QuickSearch />
          <ModeSwitch />
          <span className={styles.preferences}>
            <LanguageMenu />
            <ThemeMenu />
          </span>
          <AccountMenu />
        </header>
        <VisitBanner />
        <TradingBanner />
        <MaintenanceBanner />
        <ClockBanner />
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
          <NavigationMenu onChoose={() => setOpen(false)} />
        </nav>
        <div className={styles.drawerFoot}>
          <LanguageMenu />
          <ThemeMenu />
        </div>
      </Drawer>
    </div>
  );
}
