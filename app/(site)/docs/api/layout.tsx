import type { ReactNode } from "react";
import { OperationNav } from "#components/docs/operation-nav";
import { groupByTag } from "../../../../components/docs/operations.ts";
import styles from "../../../../components/docs/reference.module.css";
import { docsTexts } from "../../../../components/docs/texts.ts";
import { pageLocale } from "../../../../i18n/locale.ts";
import { loadReference } from "./read-reference.ts";

export default async function ApiLayout({ children }: { children: ReactNode }) {
  const locale = await pageLocale();
  const { operations } = await loadReference(locale);
  return (
    <div className={styles.frame}>
      <OperationNav groups={groupByTag(operations)} texts={docsTexts(locale).api} />
      <div className={styles.page}>{children}</div>
    </div>
  );
}
