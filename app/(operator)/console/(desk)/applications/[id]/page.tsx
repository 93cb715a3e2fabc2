import type { Metadata } from "next";
import { ApplicationPage } from "#components/operator/applications/application-page";
import { pageLocale } from "../../../../../../i18n/locale.ts";
import { translator } from "../../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.applications") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <ApplicationPage id={(await params).id} />;
}
