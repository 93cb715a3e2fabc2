import { InboxOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import styles from "./pieces.module.css";

/** Why there is nothing, and the next step. */
export function Empty(props: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <InboxOutlined aria-hidden />
      <h2>{props.title}</h2>
      {props.children}
    </div>
  );
}
