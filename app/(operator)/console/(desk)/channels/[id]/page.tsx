import type { Metadata } from "next";
import { PlatformAccountPage } from "#components/operator/channels/platform-account-page";
import { pageLocale } from "../../../../../../i18n/locale.ts";
import { translator } from "../../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.channels") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <PlatformAccountPage id={(await params).id} />;
}
