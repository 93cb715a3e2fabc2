import type { Metadata } from "next";
import { ApprovalPage } from "#components/operator/approvals/approval-page";
import { pageLocale } from "../../../../../../i18n/locale.ts";
import { translator } from "../../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("navigation.approvals") };
}

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <ApprovalPage id={(await params).id} />;
}
