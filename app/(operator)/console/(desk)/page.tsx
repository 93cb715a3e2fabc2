import type { Metadata } from "next";
import { ConsoleOverviewPage } from "#components/operator/overview/overview-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.overview") };
}

export default function Page() {
  return <ConsoleOverviewPage />;
}
