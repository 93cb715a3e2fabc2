import type { Metadata } from "next";
import { TeamPage } from "#components/merchant/team/team-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.team") };
}

export default function Page() {
  return <TeamPage />;
}
