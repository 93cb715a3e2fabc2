import type { Locale } from "#lib/kernel/locale";
import en from "#messages/en.json" with { type: "json" };
import zhCN from "#messages/zh-CN.json" with { type: "json" };
import zhTW from "#messages/zh-TW.json" with { type: "json" };

export type Messages = typeof en;

const catalogues = { en, "zh-CN": zhCN, "zh-TW": zhTW } satisfies Record<Locale, Messages>;

export function messagesFor(locale: Locale): Messages {
  return catalogues[locale];
}
