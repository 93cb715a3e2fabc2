import type { ReactNode } from "react";
import { type Language, texts } from "./texts.ts";
import styles from "./wallet.module.css";

/** The wallet's bar and the notice that this is a test, around whatever it shows. */
export function Frame({ language, children }: { language: Language; children: ReactNode }) {
  const text = texts[language];
  return (
    <div className={styles.page} lang={language}>
      <header className={styles.bar}>
        <span className={styles.brand}>{text.brand}</span>
      </header>
      <p className={styles.notice}>{text.sandbox}</p>
      <main className={styles.card}>{children}</main>
    </div>
  );
}
