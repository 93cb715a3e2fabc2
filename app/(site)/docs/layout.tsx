import type { Metadata } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { DocsNav } from "#components/docs/docs-nav";
import { DocsSearch } from "#components/docs/docs-search";
import { SiteFrame } from "#components/site/site-frame";
import { readSession } from "#lib/access/session";
import styles from "../../../components/docs/docs.module.css";
import { docsTexts } from "../../../components/docs/texts.ts";
import { pageLocale } from "../../../i18n/locale.ts";
import { translator } from "../../../i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { lead } = docsTexts(await pageLocale()).start;
  return { description: lead };
}

export default async function DocsLayout({ children }: { children: ReactNode }) {
  const locale = await pageLocale();
  const t = translator(locale, "site");
  const isSignedIn = Boolean(await readSession((await headers()).get("cookie")));
  const entrance = isSignedIn ? { href: "/dashboard", text: t("dashboard") } : { href: "/sign-in", text: t("signIn") };
  return (
    <SiteFrame locale={locale} link={entrance}>
      <div className={styles.docs}>
        <div className={styles.bar}>
          <DocsNav texts={docsTexts(locale).nav} />
          <DocsSearch texts={docsTexts(locale).search} />
        </div>
        {children}
      </div>
    </SiteFrame>
  );
}
