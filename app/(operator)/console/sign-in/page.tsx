import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { SignInPage } from "#components/site/sign-in-page";
import { readSession } from "#lib/access/session";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "signIn")("operator.title") };
}

export default async function OperatorSignIn() {
  const locale = await pageLocale();
  const t = translator(locale, "signIn");
  if (await readSession((await headers()).get("cookie"), "operator")) redirect("/console");
  return (
    <SignInPage locale={locale} realm="operator" title={t("operator.title")} next="/console">
      {t("operator.intro")}
    </SignInPage>
  );
}
