import type { Metadata } from "next";
import { ApiLogsPage } from "#components/merchant/api-logs/api-logs-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.api-logs") };
}

export default function Page() {
  return <ApiLogsPage />;
}
