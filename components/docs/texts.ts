import type { Locale } from "#lib/kernel/locale";
import en from "#messages/en.json" with { type: "json" };
import zhCN from "#messages/zh-CN.json" with { type: "json" };
import zhTW from "#messages/zh-TW.json" with { type: "json" };

export type DocsTexts = typeof en.docs;

type ErrorSentences = typeof en.errors;

const catalogues = { en, "zh-CN": zhCN, "zh-TW": zhTW } satisfies Record<
  Locale,
  { docs: DocsTexts; errors: Partial<ErrorSentences> }
>;

export function docsTexts(locale: Locale): DocsTexts {
  return catalogues[locale].docs;
}

/** In English where a language lacks a sentence, as in the API's answers. */
export function errorSentences(locale: Locale): ErrorSentences {
  return { ...en.errors, ...catalogues[locale].errors };
}

/** Puts `values` in the place of `{name}`. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
