import type { Metadata } from "next";
import { OrdersPage } from "#components/merchant/orders/orders-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.orders") };
}

export default function Page() {
  return <OrdersPage />;
}
