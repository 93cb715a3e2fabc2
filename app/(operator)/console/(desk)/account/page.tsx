import type { Metadata } from "next";
import { AccountPage } from "#components/operator/account/account-page";
import { pageLocale } from "../../../../../i18n/locale.ts";
import { translator } from "../../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "console")("account.title") };
}

export default function Page() {
  return <AccountPage />;
}
