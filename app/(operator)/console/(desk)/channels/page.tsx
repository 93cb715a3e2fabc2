import type { Metadata } from "next";
import { ChannelsPage } from "#components/operator/channels/channels-page";
import { pageLocale } from "../../../../../i18n/locale.ts";
import { translator } from "../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.channels") };
}

export default function Page() {
  return <ChannelsPage />;
}
