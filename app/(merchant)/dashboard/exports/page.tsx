import type { Metadata } from "next";
import { ExportsPage } from "#components/merchant/exports/exports-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.exports") };
}

export default function Page() {
  return <ExportsPage />;
}
