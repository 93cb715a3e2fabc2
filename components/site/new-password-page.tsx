import type { Metadata } from "next";
import { pageLocale } from "../../i18n/locale.ts";
import { messagesFor } from "../../i18n/messages.ts";
import { translator } from "../../i18n/translator.ts";
import { NewPasswordForm } from "./reset-forms.tsx";
import { SiteFrame } from "./site-frame.tsx";

export async function newPasswordMetadata(): Promise<Metadata> {
  // The address is a key: it must not travel on as a referrer.
  return { title: translator(await pageLocale(), "signIn")("reset.title"), referrer: "no-referrer" };
}

interface Props {
  readonly realm: "merchant" | "operator";
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Where the mailed link leads that lets somebody choose a password. */
export async function NewPasswordPage({ realm, searchParams }: Props) {
  const locale = await pageLocale();
  const texts = messagesFor(locale).signIn;
  const { token } = await searchParams;
  return (
    <SiteFrame locale={locale}>
      <section className="sign-in">
        <h1>{texts.reset.title}</h1>
        <p>{realm === "operator" ? texts.operator.password : texts.reset.confirmIntro}</p>
        <NewPasswordForm token={typeof token === "string" ? token : ""} texts={texts} realm={realm} />
      </section>
    </SiteFrame>
  );
}
