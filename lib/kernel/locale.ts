export const locales = ["en", "zh-CN", "zh-TW"] as const;

export type Locale = (typeof locales)[number];

/** The cookie of the language that a reader has chosen, the same on every page. */
export const localeCookie = "lang";

const byLanguage: ReadonlyMap<string, Locale> = new Map(
  Object.entries({
    en: "en",
    zh: "zh-CN",
    "zh-cn": "zh-CN",
    "zh-hans": "zh-CN",
    "zh-sg": "zh-CN",
    "zh-tw": "zh-TW",
    "zh-hk": "zh-TW",
    "zh-mo": "zh-TW",
    "zh-hant": "zh-TW",
  }),
);

/** The best of our languages for an Accept-Language header (RFC 9110 §12.5.4); English when none fits. */
export function negotiateLocale(acceptLanguage: string | null | undefined): Locale {
  const wanted = (acceptLanguage ?? "")
    .slice(0, 500)
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const weight = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find(Boolean);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter((entry) => entry.tag && entry.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of wanted) {
    const parts = tag.split("-");
    for (let length = parts.length; length > 0; length--) {
      const found = byLanguage.get(parts.slice(0, length).join("-"));
      if (found) return found;
    }
  }
  return "en";
}
