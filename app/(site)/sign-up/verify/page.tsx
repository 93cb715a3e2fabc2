import type { Metadata } from "next";
import { SiteFrame } from "#components/site/site-frame";
import { VerifyForm } from "#components/site/verify-form";
import { pageLocale } from "../../../../i18n/locale.ts";
import { messagesFor } from "../../../../i18n/messages.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  // The address is a key: it must not travel on as a referrer.
  return { title: translator(await pageLocale(), "signIn")("signUp.verifyTitle"), referrer: "no-referrer" };
}

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function VerifyPage({ searchParams }: Props) {
  const locale = await pageLocale();
  const { signUp, form } = messagesFor(locale).signIn;
  const { token } = await searchParams;
  return (
    <SiteFrame locale={locale}>
      <section className="sign-in">
        <h1>{signUp.verifyTitle}</h1>
        <p>{signUp.verifyText}</p>
        <VerifyForm token={typeof token === "string" ? token : ""} texts={signUp} unreachable={form.unreachable} />
      </section>
    </SiteFrame>
  );
}
