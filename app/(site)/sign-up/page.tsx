import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { redirect } from "next/navigation";
import { SignUpForm } from "#components/site/sign-up-form";
import { SiteFrame } from "#components/site/site-frame";
import { readSession } from "#lib/access/session";
import { hasSandboxMailbox } from "#lib/mail/settings";
import { countries } from "#lib/merchants/countries";
import { pageLocale } from "../../../i18n/locale.ts";
import { messagesFor } from "../../../i18n/messages.ts";
import { translator } from "../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await pageLocale(), "signIn")("signUp.title") };
}

/** Where readers of a language most often are; they may choose another. */
const likelyCountry = { en: "SG", "zh-CN": "CN", "zh-TW": "TW" } as const;

export default async function SignUpPage() {
  const locale = await pageLocale();
  if (await readSession((await headers()).get("cookie"))) redirect("/dashboard");
  const { signUp, form } = messagesFor(locale).signIn;
  const names = new Intl.DisplayNames(locale, { type: "region" });
  const named = countries
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((a, b) => a.name.localeCompare(b.name, locale));
  return (
    <SiteFrame locale={locale}>
      <section className="sign-in">
        <h1>{signUp.title}</h1>
        <p>{signUp.intro}</p>
        <SignUpForm
          texts={signUp}
          form={form}
          countries={named}
          country={likelyCountry[locale]}
          hasMailbox={hasSandboxMailbox()}
        />
        <p className="sign-in-more">
          <span>
            {signUp.haveAccount} <Link href="/sign-in">{signUp.signIn}</Link>
          </span>
        </p>
      </section>
    </SiteFrame>
  );
}
