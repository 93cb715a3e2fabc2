import type { ReactNode } from "react";
import { PageNav } from "#components/docs/page-nav";
import styles from "../../../../components/docs/reference.module.css";
import { pageGroups } from "../../../../components/docs/site-map.ts";
import { docsTexts } from "../../../../components/docs/texts.ts";
import { pageLocale } from "../../../../i18n/locale.ts";

export default async function PagesLayout({ children }: { children: ReactNode }) {
  const locale = await pageLocale();
  return (
    <div className={styles.frame}>
      <PageNav groups={pageGroups(locale)} label={docsTexts(locale).nav.allPages} />
      {children}
    </div>
  );
}
