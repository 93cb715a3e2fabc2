import type { ReactNode } from "react";
import styles from "./charts.module.css";

export interface Bar {
  readonly key: string;
  readonly name: ReactNode;
  readonly value: ReactNode;
  readonly note?: ReactNode;
  /** Of the whole, 0 to 1. */
  readonly share: number;
}

/** Parts of a whole, largest first, each with its figure written out. */
export function Bars({ bars }: { bars: readonly Bar[] }) {
  return (
    <ul className={styles.bars}>
      {bars.map((bar) => (
        <li key={bar.key}>
          <span>{bar.name}</span>
          <span className={styles.barValue}>{bar.value}</span>
          <span className={styles.track} aria-hidden="true">
            <span style={{ inlineSize: `${Math.max(bar.share * 100, 0.5)}%` }} />
          </span>
          {bar.note && <span className={styles.barNote}>{bar.note}</span>}
        </li>
      ))}
    </ul>
  );
}
