import type { Metadata } from "next";
import { AlertsPage } from "#components/operator/alerts/alerts-page";
import { pageLocale } from "../../../../../i18n/locale.ts";
import { translator } from "../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.alerts") };
}

export default function Page() {
  return <AlertsPage />;
}
