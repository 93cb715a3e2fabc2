import { cookies, headers } from "next/headers";
import { type Locale, localeCookie, locales, negotiateLocale } from "#lib/kernel/locale";

/** The reader's language for a server-rendered page: chosen, else what the browser asks for. */
export async function pageLocale(): Promise<Locale> {
  const chosen = (await cookies()).get(localeCookie)?.value;
  return locales.find((locale) => locale === chosen) ?? negotiateLocale((await headers()).get("accept-language"));
}
