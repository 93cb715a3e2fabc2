import type { Metadata } from "next";
import { ListsPage } from "#components/merchant/lists/lists-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.lists") };
}

export default function Page() {
  return <ListsPage />;
}
