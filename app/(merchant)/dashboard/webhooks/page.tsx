import type { Metadata } from "next";
import { WebhooksPage } from "#components/merchant/webhooks/webhooks-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.webhooks") };
}

export default function Page() {
  return <WebhooksPage />;
}
