import type { ReactNode } from "react";
import styles from "./pieces.module.css";

/** A page's title with its one main action. */
export function PageHead(props: { title: ReactNode; note?: ReactNode; action?: ReactNode }) {
  return (
    <header className={styles.head}>
      <div>
        <h1>{props.title}</h1>
        {props.note && <p>{props.note}</p>}
      </div>
      {props.action && <div className={styles.actions}>{props.action}</div>}
    </header>
  );
}

export function Panel(props: { title?: ReactNode; action?: ReactNode; children: ReactNode; isFlush?: boolean }) {
  return (
    <section className={styles.panel} data-flush={props.isFlush || undefined}>
      {props.title && (
        <div className={styles.panelHead}>
          <h2>{props.title}</h2>
          {props.action}
        </div>
      )}
      {props.children}
    </section>
  );
}
