import type { Metadata } from "next";
import { SandboxPage } from "#components/merchant/sandbox/sandbox-page";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "dashboard")("navigation.sandbox") };
}

export default function Page() {
  return <SandboxPage />;
}
