import type { Metadata } from "next";
import { CustodyPage } from "#components/operator/custody/custody-page";
import { pageLocale } from "../../../../../i18n/locale.ts";
import { translator } from "../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.custody") };
}

export default function Page() {
  return <CustodyPage />;
}
