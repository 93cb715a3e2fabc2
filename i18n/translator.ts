import { createTranslator } from "next-intl";
import type { Locale } from "#lib/kernel/locale";
import { type Messages, messagesFor } from "./messages.ts";

/** The texts of one part of the catalogue, for pages that are rendered on the server. */
export function translator<N extends keyof Messages>(locale: Locale, namespace: N) {
  return createTranslator({ locale, messages: messagesFor(locale), namespace });
}
