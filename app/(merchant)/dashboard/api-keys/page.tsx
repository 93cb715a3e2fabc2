import type { Metadata } from "next";
import { ApiKeysPage } from "#components/merchant/api-keys/api-keys-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.api-keys") };
}

export default function Page() {
  return <ApiKeysPage />;
}
