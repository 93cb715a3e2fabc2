"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { QuickSearch } from "../search/quick-search.tsx";
import { useSession } from "../session.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { ClockBanner } from "./clock-banner.tsx";
import { DeskFrame } from "./desk-frame.tsx";
import { MaintenanceBanner } from "./maintenance-banner.tsx";
import { ModeSwitch } from "./mode-switch.tsx";
import { NavigationMenu } from "./navigation-menu.tsx";
import { TradingBanner } from "./trading-banner.tsx";
import { VisitBanner } from "./visit-banner.tsx";

/** The frame of every page of the dashboard. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useTranslations("dashboard.shell");
  const { merchant, mode } = useSession();
  return (
    <DeskFrame
      home="/dashboard"
      name={merchant.name}
      place={t(mode === "test" ? "testMode" : "liveMode")}
      bar={{ "data-mode": mode }}
      texts={{ skip: t("skip"), navigation: t("navigation"), openNavigation: t("openNavigation") }}
      Navigation={NavigationMenu}
      tools={
        <>
          <QuickSearch />
          <ModeSwitch />
        </>
      }
      person={<AccountMenu />}
      banners={
        <>
          <VisitBanner />
          <TradingBanner />
          <MaintenanceBanner />
          <ClockBanner />
        </>
      }
    >
      {children}
    </DeskFrame>
  );
}
