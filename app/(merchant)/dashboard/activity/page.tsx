import type { Metadata } from "next";
import { ActivityPage } from "#components/merchant/activity/activity-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.activity") };
}

export default function Page() {
  return <ActivityPage />;
}
