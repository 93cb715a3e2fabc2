import type { Locale } from "#lib/kernel/locale";
import en from "#messages/en.json" with { type: "json" };
import zhCN from "#messages/zh-CN.json" with { type: "json" };
import zhTW from "#messages/zh-TW.json" with { type: "json" };

/** The parts of the catalogue that pages show; the rest belongs to the API and to the checkout. */
export type Messages = Pick<typeof en, "site" | "signIn" | "dashboard" | "console">;

const catalogues = { en, "zh-CN": zhCN, "zh-TW": zhTW } satisfies Record<Locale, Messages>;

export function messagesFor(locale: Locale): Messages {
  return catalogues[locale];
}
