import type { Metadata } from "next";
import { ErrorCasesPage } from "#components/operator/error-cases/error-cases-page";
import { pageLocale } from "../../../../../i18n/locale.ts";
import { translator } from "../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.error-cases") };
}

export default function Page() {
  return <ErrorCasesPage />;
}
