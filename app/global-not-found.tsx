import type { Metadata, Viewport } from "next";
import { Document } from "#components/site/document";
import { NoSuchPage } from "#components/site/no-such-page";
import { pageAppearance } from "../components/site/appearance.ts";
import { pageLocale } from "../i18n/locale.ts";
import { translator } from "../i18n/translator.ts";
import "../components/site/site.css";
import "../components/site/sign-in.css";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "site")("noSuchPage.title"), robots: { index: false } };
}

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

/** For addresses outside of every layout. Next's own page would stand without the nonce, and without our languages. */
export default async function GlobalNotFound() {
  const locale = await pageLocale();
  return (
    <Document locale={locale} appearance={await pageAppearance()}>
      <NoSuchPage locale={locale} />
    </Document>
  );
}
