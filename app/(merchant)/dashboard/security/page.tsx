import type { Metadata } from "next";
import { SecurityPage } from "#components/merchant/security/security-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.security") };
}

export default function Page() {
  return <SecurityPage />;
}
