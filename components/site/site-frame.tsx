import Link from "next/link";
import type { ReactNode } from "react";
import type { Locale } from "#lib/kernel/locale";
import { translator } from "../../i18n/translator.ts";
import { LanguageSwitch } from "./language-switch.tsx";
import { Mark } from "./mark.tsx";

/** Head and foot of the public pages. */
export function SiteFrame(props: { locale: Locale; children: ReactNode; link?: { href: string; text: string } }) {
  const t = translator(props.locale, "site");
  return (
    <>
      <header className="site-head">
        <Link href="/" className="site-name" aria-label="GlobalPayLink">
          <Mark /> <span>GlobalPayLink</span>
        </Link>
        <nav aria-label={t("nav")}>
          <Link href="/docs">{t("docsLink")}</Link>
          <LanguageSwitch locale={props.locale} label={t("language")} />
          {props.link && (
            <Link href={props.link.href} className="button quiet">
              {props.link.text}
            </Link>
          )}
        </nav>
      </header>
      <main>{props.children}</main>
    </>
  );
}
