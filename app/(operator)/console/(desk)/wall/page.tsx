import type { Metadata } from "next";
import { WallPage } from "#components/operator/wall/wall-page";
import { pageLocale } from "../../../../../i18n/locale.ts";
import { translator } from "../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.wall") };
}

export default function Page() {
  return <WallPage />;
}
