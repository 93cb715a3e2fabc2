import type { Metadata } from "next";
import { OpenTicketPage } from "#components/operator/tickets/ticket-page";
import { pageLocale } from "../../../../../../i18n/locale.ts";
import { translator } from "../../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.tickets") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <OpenTicketPage id={(await params).id} />;
}
