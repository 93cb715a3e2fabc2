import type { Metadata } from "next";
import { MerchantPage } from "#components/operator/merchants/merchant-page";
import { pageLocale } from "../../../../../../i18n/locale.ts";
import { translator } from "../../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.merchants") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <MerchantPage id={(await params).id} />;
}
