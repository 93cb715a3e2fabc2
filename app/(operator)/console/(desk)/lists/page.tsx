import type { Metadata } from "next";
import { PlatformListsPage } from "#components/operator/lists/lists-page";
import { pageLocale } from "../../../../../i18n/locale.ts";
import { translator } from "../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.lists") };
}

export default function Page() {
  return <PlatformListsPage />;
}
