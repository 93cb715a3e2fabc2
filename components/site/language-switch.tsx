"use client";

import { localeCookie } from "#lib/kernel/locale";
import { keepPreference } from "./preferences.ts";

/** Each language in its own words: whoever needs the switch can't read the page's. */
export const languageNames = { en: "English", "zh-CN": "简体中文", "zh-TW": "繁體中文" } as const;

export function LanguageSwitch({ locale, label }: { locale: string; label: string }) {
  return (
    <select
      className="language"
      aria-label={label}
      defaultValue={locale}
      onChange={(event) => {
        keepPreference(localeCookie, event.target.value);
        location.reload();
      }}
    >
      {Object.entries(languageNames).map(([value, name]) => (
        <option key={value} value={value} lang={value}>
          {name}
        </option>
      ))}
    </select>
  );
}
