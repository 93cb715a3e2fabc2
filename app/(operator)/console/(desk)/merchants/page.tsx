import type { Metadata } from "next";
import { MerchantsPage } from "#components/operator/merchants/merchants-page";
import { pageLocale } from "../../../../../i18n/locale.ts";
import { translator } from "../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.merchants") };
}

export default function Page() {
  return <MerchantsPage />;
}
