"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DeskFrame } from "../../merchant/shell/desk-frame.tsx";
import { PersonMenu } from "../../merchant/shell/person-menu.tsx";
import { useConsole } from "../session.tsx";
import { NavigationMenu } from "./navigation-menu.tsx";

/** The frame of every page of the console. */
export function ConsoleShell({ children }: { children: ReactNode }) {
  const t = useTranslations("console.shell");
  const { person, role, mustEnrol } = useConsole();
  const menu = (
    <PersonMenu
      person={person}
      role={t(`roles.${role}`)}
      items={mustEnrol ? [] : [{ key: "account", label: <Link href="/console/account">{t("myAccount")}</Link> }]}
      texts={{ account: t("account", { name: person.name }), signOut: t("signOut") }}
      signIn="/console/sign-in"
    />
  );
  return (
    <DeskFrame
      home="/console"
      name={t("name")}
      place={t("realm")}
      bar={{ "data-realm": "operator" }}
      texts={{ skip: t("skip"), navigation: t("navigation"), openNavigation: t("openNavigation") }}
      Navigation={NavigationMenu}
      person={menu}
    >
      {children}
    </DeskFrame>
  );
}
