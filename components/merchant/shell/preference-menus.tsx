"use client";

import { GlobalOutlined, MoonOutlined, SunOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useLocale, useTranslations } from "next-intl";
import { localeCookie } from "#lib/kernel/locale";
import { languageNames } from "../../site/language-switch.tsx";
import { keepPreference } from "../../site/preferences.ts";
import { useAppearance } from "../appearance.tsx";

const themes = ["system", "light", "dark"] as const;

export function LanguageMenu() {
  const t = useTranslations("dashboard.shell");
  const locale = useLocale() as keyof typeof languageNames;
  const choose = (key: string) => {
    keepPreference(localeCookie, key);
    location.reload();
  };
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        selectable: true,
        selectedKeys: [locale],
        items: Object.entries(languageNames).map(([key, label]) => ({ key, label: <span lang={key}>{label}</span> })),
        onClick: ({ key }) => choose(key),
      }}
    >
      <Button
        type="text"
        icon={<GlobalOutlined aria-hidden />}
        aria-label={`${t("language")}: ${languageNames[locale]}`}
      >
        {languageNames[locale]}
      </Button>
    </Dropdown>
  );
}

export function ThemeMenu() {
  const t = useTranslations("dashboard.shell");
  const { theme, scheme, setTheme } = useAppearance();
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        selectable: true,
        selectedKeys: [theme],
        items: themes.map((key) => ({ key, label: t(`themes.${key}`) })),
        onClick: ({ key }) => setTheme(themes.find((name) => name === key) ?? "system"),
      }}
    >
      <Button
        type="text"
        icon={scheme === "dark" ? <MoonOutlined aria-hidden /> : <SunOutlined aria-hidden />}
        aria-label={`${t("theme")}: ${t(`themes.${theme}`)}`}
      />
    </Dropdown>
  );
}
