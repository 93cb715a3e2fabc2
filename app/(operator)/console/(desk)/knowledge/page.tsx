import type { Metadata } from "next";
import { KnowledgePage } from "#components/operator/knowledge/knowledge-page";
import { pageLocale } from "../../../../../i18n/locale.ts";
import { translator } from "../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.knowledge") };
}

export default function Page() {
  return <KnowledgePage />;
}
