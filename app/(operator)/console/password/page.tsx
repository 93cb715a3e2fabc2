import type { Metadata } from "next";
import { NewPasswordForm } from "#components/site/reset-forms";
import { SiteFrame } from "#components/site/site-frame";
import { pageLocale } from "../../../../i18n/locale.ts";
import { messagesFor } from "../../../../i18n/messages.ts";
import { translator } from "../../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  // The address is a key: it must not travel on as a referrer.
  return { title: translator(await pageLocale(), "signIn")("reset.title"), referrer: "no-referrer" };
}

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Where an operator chooses a password, by the mailed link. */
export default async function OperatorPasswordPage({ searchParams }: Props) {
  const locale = await pageLocale();
  const texts = messagesFor(locale).signIn;
  const { token } = await searchParams;
  return (
    <SiteFrame locale={locale}>
      <section className="sign-in">
        <h1>{texts.reset.title}</h1>
        <p>{texts.operator.password}</p>
        <NewPasswordForm token={typeof token === "string" ? token : ""} texts={texts} realm="operator" />
      </section>
    </SiteFrame>
  );
}
