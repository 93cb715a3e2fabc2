import type { Metadata } from "next";
import { ParametersPage } from "#components/operator/parameters/parameters-page";
import { pageLocale } from "../../../../../i18n/locale.ts";
import { translator } from "../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.parameters") };
}

export default function Page() {
  return <ParametersPage />;
}
