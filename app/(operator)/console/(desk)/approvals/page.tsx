import type { Metadata } from "next";
import { ApprovalsPage } from "#components/operator/approvals/approvals-page";
import { pageLocale } from "../../../../../i18n/locale.ts";
import { translator } from "../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.approvals") };
}

export default function Page() {
  return <ApprovalsPage />;
}
