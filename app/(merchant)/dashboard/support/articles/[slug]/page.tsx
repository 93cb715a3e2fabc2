import type { Metadata } from "next";
import { ArticlePage } from "#components/merchant/support/article-page";
import { pageLocale } from "../../../../../../i18n/locale.ts";
import { translator } from "../../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.support") };
}

export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  return <ArticlePage slug={(await params).slug} />;
}
