"use client";

import { useLocale } from "next-intl";
import { formatMoney } from "../format.ts";
import styles from "./pieces.module.css";

/** An amount with its currency's symbol and, since symbols are shared (¥ is CNY and JPY), its code. */
export function Money(props: { minor: number; currency: string; isCodeHidden?: boolean }) {
  const text = formatMoney(useLocale(), props.minor, props.currency);
  return (
    <span className={styles.money}>
      {text.replace("-", "−")}
      {!props.isCodeHidden && <span className={styles.code}> {props.currency}</span>}
    </span>
  );
}
