import type { Metadata } from "next";
import { TransactionsPage } from "#components/merchant/transactions/transactions-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.transactions") };
}

export default function Page() {
  return <TransactionsPage />;
}
