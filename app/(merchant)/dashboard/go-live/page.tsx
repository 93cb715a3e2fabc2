import type { Metadata } from "next";
import { GoLivePage } from "#components/merchant/go-live/go-live-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.go-live") };
}

export default function Page() {
  return <GoLivePage />;
}
