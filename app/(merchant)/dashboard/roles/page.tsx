import type { Metadata } from "next";
import { RolesPage } from "#components/merchant/roles/roles-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.roles") };
}

export default function Page() {
  return <RolesPage />;
}
