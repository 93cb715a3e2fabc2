import type { Metadata } from "next";
import { HomePage } from "#components/merchant/overview/overview-page";
import { pageLocale } from "../../../i18n/locale.ts";
import { translator } from "../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.overview") };
}

export default function Page() {
  return <HomePage />;
}
