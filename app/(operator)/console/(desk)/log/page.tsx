import type { Metadata } from "next";
import { LogPage } from "#components/operator/log/log-page";
import { pageLocale } from "../../../../../i18n/locale.ts";
import { translator } from "../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.log") };
}

export default function Page() {
  return <LogPage />;
}
