import type { Metadata } from "next";
import { ResetRequestForm } from "#components/site/reset-forms";
import { SiteFrame } from "#components/site/site-frame";
import { hasSandboxMailbox } from "#lib/mail/settings";
import { pageLocale } from "../../../i18n/locale.ts";
import { messagesFor } from "../../../i18n/messages.ts";
import { translator } from "../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "signIn")("reset.title") };
}

export default async function ResetPasswordPage() {
  const locale = await pageLocale();
  const texts = messagesFor(locale).signIn;
  return (
    <SiteFrame locale={locale}>
      <section className="sign-in">
        <h1>{texts.reset.title}</h1>
        <p>{texts.reset.intro}</p>
        <ResetRequestForm texts={texts} hasMailbox={hasSandboxMailbox()} />
      </section>
    </SiteFrame>
  );
}
