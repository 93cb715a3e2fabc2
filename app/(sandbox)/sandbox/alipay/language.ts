import { headers } from "next/headers";
import { negotiateLocale } from "#lib/kernel/locale";
import type { Language } from "./texts.ts";

/** `?lang=` when it is there, else the browser's wish; Chinese of any region reads the simplified texts. */
export async function languageOf(asked: string | undefined): Promise<Language> {
  const locale = negotiateLocale(asked ?? (await headers()).get("accept-language"));
  return locale === "en" ? "en" : "zh-CN";
}

/** A query parameter that may come several times: the first counts. */
export function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
