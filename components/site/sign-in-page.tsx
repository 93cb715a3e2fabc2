import Link from "next/link";
import type { ReactNode } from "react";
import { SignInForm } from "#components/site/sign-in-form";
import { SiteFrame } from "#components/site/site-frame";
import type { Realm } from "#lib/access/sign-in";
import type { Locale } from "#lib/kernel/locale";
import { messagesFor } from "../../i18n/messages.ts";

interface Props {
  readonly locale: Locale;
  readonly realm: Realm;
  readonly title: string;
  readonly next: string;
  readonly children: ReactNode;
  /** What went wrong on the way here. */
  readonly notice?: string | undefined;
}

export function SignInPage({ locale, realm, title, next, notice, children }: Props) {
  const { form } = messagesFor(locale).signIn;
  return (
    <SiteFrame locale={locale}>
      <section className="sign-in">
        <h1>{title}</h1>
        <p>{children}</p>
        <SignInForm realm={realm} next={next} texts={form} notice={notice} />
        {realm === "merchant" && (
          <p className="sign-in-more">
            <Link href="/reset-password">{form.forgot}</Link>
            <span>
              {form.noAccount} <Link href="/sign-up">{form.signUp}</Link>
            </span>
          </p>
        )}
      </section>
    </SiteFrame>
  );
}
