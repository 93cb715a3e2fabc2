import type { ReactNode } from "react";
import { type SandboxLocale, textsOf } from "./texts.ts";
import styles from "./wallet.module.css";

/** The wallet's window: its name, and that it is a test. */
export function Frame({ locale, children }: { locale: SandboxLocale; children: ReactNode }) {
  const texts = textsOf[locale];
  return (
    <main className={styles.frame} lang={locale}>
      <header className={styles.header}>{texts.wallet}</header>
      <p className={styles.notice}>{texts.sandbox}</p>
      {children}
    </main>
  );
}
