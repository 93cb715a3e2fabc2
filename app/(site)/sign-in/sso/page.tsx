import type { Metadata } from "next";
import Link from "next/link";
import { SiteFrame } from "#components/site/site-frame";
import { SsoForm } from "#components/site/sso-form";
import { ownPath } from "#lib/access/own-path";
import { pageLocale } from "../../../../i18n/locale.ts";
import { messagesFor } from "../../../../i18n/messages.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "signIn")("sso.title") };
}

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SsoSignIn({ searchParams }: Props) {
  const locale = await pageLocale();
  const texts = messagesFor(locale).signIn;
  const next = ownPath((await searchParams).next, "/dashboard");
  return (
    <SiteFrame locale={locale}>
      <section className="sign-in">
        <h1>{texts.sso.title}</h1>
        <p>{texts.sso.intro}</p>
        <SsoForm texts={texts} next={next} />
        <p className="sign-in-more">
          <Link href={`/sign-in?next=${encodeURIComponent(next)}`}>{texts.sso.back}</Link>
        </p>
      </section>
    </SiteFrame>
  );
}
