import type { Metadata } from "next";
import { PlatformOrdersPage } from "#components/operator/orders/orders-page";
import { pageLocale } from "../../../../../i18n/locale.ts";
import { translator } from "../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.orders") };
}

export default function Page() {
  return <PlatformOrdersPage />;
}
