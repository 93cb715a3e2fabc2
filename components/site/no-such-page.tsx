import Link from "next/link";
import type { Locale } from "#lib/kernel/locale";
import { translator } from "../../i18n/translator.ts";
import { SiteFrame } from "./site-frame.tsx";

/** What an address leads to that leads nowhere. */
export function NoSuchPage({ locale }: { locale: Locale }) {
  const t = translator(locale, "site");
  return (
    <SiteFrame locale={locale}>
      <section className="sign-in">
        <h1>{t("noSuchPage.title")}</h1>
        <p>{t("noSuchPage.text")}</p>
        <Link href="/" className="button">
          {t("noSuchPage.home")}
        </Link>
      </section>
    </SiteFrame>
  );
}
