import type { Metadata } from "next";
import { SupportPage } from "#components/merchant/support/support-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.support") };
}

export default function Page() {
  return <SupportPage />;
}
