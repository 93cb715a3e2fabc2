import type { Metadata } from "next";
import { OperatorsPage } from "#components/operator/people/operators-page";
import { pageLocale } from "../../../../../i18n/locale.ts";
import { translator } from "../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.operators") };
}

export default function Page() {
  return <OperatorsPage />;
}
