import type { Metadata } from "next";
import { WrittenArticlePage } from "#components/operator/knowledge/article-page";
import { pageLocale } from "../../../../../../i18n/locale.ts";
import { translator } from "../../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.knowledge") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <WrittenArticlePage id={(await params).id} />;
}
