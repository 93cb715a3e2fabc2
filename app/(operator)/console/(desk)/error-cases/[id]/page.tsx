import type { Metadata } from "next";
import { ErrorCasePage } from "#components/operator/error-cases/error-case-page";
import { pageLocale } from "../../../../../../i18n/locale.ts";
import { translator } from "../../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.error-cases") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <ErrorCasePage id={(await params).id} />;
}
