import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { Document } from "#components/site/document";
import { pageAppearance } from "../../components/site/appearance.ts";
import { pageLocale } from "../../i18n/locale.ts";
import { translator } from "../../i18n/translator.ts";
import "../../components/site/site.css";
import "../../components/site/sign-in.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = translator(await pageLocale(), "site");
  return { title: { default: "GlobalPayLink", template: "%s · GlobalPayLink" }, description: t("lead") };
}

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

export default async function SiteLayout({ children }: { children: ReactNode }) {
  return (
    <Document locale={await pageLocale()} appearance={await pageAppearance()}>
      {children}
    </Document>
  );
}
