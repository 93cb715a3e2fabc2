import { type Locale, locales, negotiateLocale } from "#lib/kernel/locale";
import en from "#messages/en.json" with { type: "json" };
import zhCN from "#messages/zh-CN.json" with { type: "json" };
import zhTW from "#messages/zh-TW.json" with { type: "json" };

/** The checkout's sentences in every language. */
export const catalogues = { en: en.checkout, "zh-CN": zhCN.checkout, "zh-TW": zhTW.checkout } as const satisfies Record<
  Locale,
  typeof en.checkout
>;

/** What each language is called by those who speak it. */
export const languageNames: Record<Locale, string> = { en: "English", "zh-CN": "简体中文", "zh-TW": "繁體中文" };

/** The shopper's language, or the merchant's first when its checkout is not offered in that one. */
export function offeredIn(settled: Locale, offered: readonly Locale[]): Locale {
  return offered.includes(settled) ? settled : (offered[0] ?? settled);
}

/** The shopper's language, as proxy.ts settled it, and its sentences. */
export function textsIn(headers: Headers): { locale: Locale; texts: typeof en.checkout } {
  const settled = headers.get("x-locale");
  const locale = locales.find((known) => known === settled) ?? negotiateLocale(headers.get("accept-language"));
  return { locale, texts: catalogues[locale] };
}
