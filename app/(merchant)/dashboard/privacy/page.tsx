import type { Metadata } from "next";
import { PrivacyPage } from "#components/merchant/privacy/privacy-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.privacy") };
}

export default function Page() {
  return <PrivacyPage />;
}
