"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { isBuiltInRole } from "#lib/access/permissions";
import { keepPreference } from "../../site/preferences.ts";
import { useSession } from "../session.tsx";
import { PersonMenu } from "./person-menu.tsx";

export function AccountMenu() {
  const t = useTranslations("dashboard.shell");
  const { person, role, roleName, merchant, merchants } = useSession();
  const others = merchants.filter(({ id }) => id !== merchant.id);
  const openMerchant = (id: string) => {
    keepPreference("merchant", id);
    location.assign("/dashboard");
  };
  return (
    <PersonMenu
      person={person}
      role={t("roleAt", {
        role: roleName ?? (isBuiltInRole(role) ? t(`roles.${role}`) : t("noRole")),
        merchant: merchant.name,
      })}
      items={[
        ...others.map(({ id, name }) => ({
          key: id,
          label: t("switchTo", { merchant: name }),
          onClick: () => openMerchant(id),
        })),
        { key: "security", label: <Link href="/dashboard/security">{t("security")}</Link> },
      ]}
      texts={{ account: t("account", { name: person.name }), signOut: t("signOut") }}
      signIn="/sign-in"
    />
  );
}
