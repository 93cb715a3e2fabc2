import type { Metadata } from "next";
import { RefundsPage } from "#components/merchant/refunds/refunds-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.refunds") };
}

export default function Page() {
  return <RefundsPage />;
}
