import type { Metadata } from "next";
import { BalancesPage } from "#components/merchant/balances/balances-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.balances") };
}

export default function Page() {
  return <BalancesPage />;
}
