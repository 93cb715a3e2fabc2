import type { Metadata } from "next";
import { PlatformOrderPage } from "#components/operator/orders/order-page";
import { pageLocale } from "../../../../../../i18n/locale.ts";
import { translator } from "../../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.orders") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <PlatformOrderPage id={(await params).id} />;
}
