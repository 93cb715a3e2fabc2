import type { Metadata } from "next";
import { SettingsPage } from "#components/merchant/settings/settings-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.settings") };
}

export default function Page() {
  return <SettingsPage />;
}
