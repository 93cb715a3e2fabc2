import type { Metadata } from "next";
import { StatementPage } from "#components/merchant/balances/statement-page";
import { pageLocale } from "../../../../../i18n/locale.ts";
import { translator } from "../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("statement.title") };
}

export default function Page() {
  return <StatementPage />;
}
