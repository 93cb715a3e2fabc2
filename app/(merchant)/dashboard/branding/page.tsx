import type { Metadata } from "next";
import { BrandingPage } from "#components/merchant/branding/branding-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.branding") };
}

export default function Page() {
  return <BrandingPage />;
}
