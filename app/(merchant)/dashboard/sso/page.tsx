import type { Metadata } from "next";
import { SsoPage } from "#components/merchant/sso/sso-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.sso") };
}

export default function Page() {
  return <SsoPage />;
}
