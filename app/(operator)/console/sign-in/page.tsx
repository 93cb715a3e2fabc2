import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { SignInPage } from "#components/site/sign-in-page";
import { ownPath } from "#lib/access/own-path";
import { openConsole } from "#lib/operator/open-console";
import { pageLocale } from "../../../../i18n/locale.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "signIn")("operator.title") };
}

interface Props {
  readonly searchParams: Promise<{ readonly next?: string | string[] }>;
}

export default async function OperatorSignIn({ searchParams }: Props) {
  const locale = await pageLocale();
  const t = translator(locale, "signIn");
  const next = ownPath((await searchParams).next, "/console");
  if (await openConsole((await headers()).get("cookie"))) redirect(next);
  return (
    <SignInPage locale={locale} realm="operator" title={t("operator.title")} next={next}>
      {t("operator.intro")}
    </SignInPage>
  );
}
