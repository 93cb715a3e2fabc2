import type { Metadata } from "next";
import { SelfCheckPage } from "#components/operator/self-check/self-check-page";
import { pageLocale } from "../../../../../i18n/locale.ts";
import { translator } from "../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.self-check") };
}

export default function Page() {
  return <SelfCheckPage />;
}
