import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { SignInPage } from "#components/site/sign-in-page";
import { openDashboard } from "#lib/access/open-dashboard";
import { ownPath } from "#lib/access/own-path";
import { translate } from "#lib/messages/translate";
import { isSsoProblem } from "#lib/sso/errors";
import { pageLocale } from "../../../i18n/locale.ts";
import { translator } from "../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "signIn")("title") };
}

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function MerchantSignIn({ searchParams }: Props) {
  const locale = await pageLocale();
  const t = translator(locale, "signIn");
  const { problem, next: wanted } = await searchParams;
  const next = ownPath(wanted, "/dashboard");
  const merchant = (await cookies()).get("merchant")?.value;
  if (await openDashboard((await headers()).get("cookie"), merchant)) redirect(next);
  return (
    <SignInPage
      locale={locale}
      realm="merchant"
      title={t("title")}
      next={next}
      notice={isSsoProblem(problem) ? translate(locale, `errors.${problem}`) : undefined}
    >
      {t("intro")}
    </SignInPage>
  );
}
