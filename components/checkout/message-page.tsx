import type { ReactNode } from "react";
import styles from "./page.module.css";

/** A page that says one thing only. */
export function MessagePage({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className={styles.page}>
      <main className={styles.message}>
        <h1>{title}</h1>
        <p>{text}</p>
        {children}
      </main>
    </div>
  );
}
