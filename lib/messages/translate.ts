import type { Locale } from "#lib/kernel/locale";
import en from "#messages/en.json" with { type: "json" };
import zhCN from "#messages/zh-CN.json" with { type: "json" };
import zhTW from "#messages/zh-TW.json" with { type: "json" };

const catalogues: Record<Locale, unknown> = { en, "zh-CN": zhCN, "zh-TW": zhTW };

function lookUp(catalogue: unknown, path: string): string | undefined {
  let node = catalogue;
  for (const step of path.split(".")) {
    if (typeof node !== "object" || node === null || !Object.hasOwn(node, step)) return undefined;
    node = (node as Record<string, unknown>)[step];
  }
  return typeof node === "string" ? node : undefined;
}

/** The text at `path` in the reader's language, English when that language lacks it; `{name}` takes its value. */
export function translate(locale: Locale, path: string, values: Record<string, unknown> = {}): string | undefined {
  const text = lookUp(catalogues[locale], path) ?? lookUp(catalogues.en, path);
  return text?.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    values[name] === undefined ? whole : String(values[name]),
  );
}
