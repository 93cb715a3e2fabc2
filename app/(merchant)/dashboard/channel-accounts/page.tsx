import type { Metadata } from "next";
import { ChannelAccountsPage } from "#components/merchant/channel-accounts/channel-accounts-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.channel-accounts") };
}

export default function Page() {
  return <ChannelAccountsPage />;
}
