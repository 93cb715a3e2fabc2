import type { Metadata } from "next";
import { OrderPage } from "#components/merchant/orders/order-page";
import { pageLocale } from "../../../../../i18n/locale.ts";
import { translator } from "../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("order.title") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <OrderPage id={(await params).id} />;
}
