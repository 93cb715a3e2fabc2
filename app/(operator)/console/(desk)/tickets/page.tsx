import type { Metadata } from "next";
import { TicketsPage } from "#components/operator/tickets/tickets-page";
import { pageLocale } from "../../../../../i18n/locale.ts";
import { translator } from "../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.tickets") };
}

export default function Page() {
  return <TicketsPage />;
}
