import type { ReactNode } from "react";
import styles from "./hidden.module.css";

/** For those who listen: what is plain to whoever looks. */
export function Hidden({ children }: { children: ReactNode }) {
  return <span className={styles.hidden}>{children}</span>;
}
