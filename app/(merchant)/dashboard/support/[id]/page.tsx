import type { Metadata } from "next";
import { TicketPage } from "#components/merchant/support/ticket-page";
import { pageLocale } from "../../../../../i18n/locale.ts";
import { translator } from "../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.support") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <TicketPage id={(await params).id} />;
}
