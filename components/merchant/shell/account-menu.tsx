"use client";

import { UserOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import Link from "next/link";
import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";
import { isBuiltInRole } from "#lib/access/permissions";
import { keepPreference } from "../../site/preferences.ts";
import { useSession } from "../session.tsx";
import styles from "./shell.module.css";

export function AccountMenu() {
  const t = useTranslations("dashboard.shell");
  const { person, role, roleName, merchant, merchants } = useSession();
  const others = merchants.filter(({ id }) => id !== merchant.id);
  const openMerchant = (id: string) => {
    keepPreference("merchant", id);
    location.assign("/dashboard");
  };
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
                <span>
                  {t("roleAt", {
                    role: roleName ?? (isBuiltInRole(role) ? t(`roles.${role}`) : t("noRole")),
                    merchant: merchant.name,
                  })}
                </span>
              </span>
            ),
          },
          { type: "divider" },
          ...others.map(({ id, name }) => ({
            key: id,
            label: t("switchTo", { merchant: name }),
            onClick: () => openMerchant(id),
          })),
          { key: "security", label: <Link href="/dashboard/security">{t("security")}</Link> },
          { key: "sign-out", label: t("signOut"), onClick: () => void signOut({ callbackUrl: "/sign-in" }) },
        ],
      }}
    >
      <Button type="text" icon={<UserOutlined aria-hidden />} aria-label={t("account", { name: person.name })} />
    </Dropdown>
  );
}
