import type { Metadata } from "next";
import { ApplicationsPage } from "#components/operator/applications/applications-page";
import { pageLocale } from "../../../../../i18n/locale.ts";
import { translator } from "../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.applications") };
}

export default function Page() {
  return <ApplicationsPage />;
}
