"use client";

import { Input } from "antd";
import { useId } from "react";
import styles from "./pieces.module.css";

interface Props {
  readonly label: string;
  readonly value: string;
  onChange(value: string): void;
}

/** Why somebody does it: the log keeps it. */
export function ReasonField({ label, value, onChange }: Props) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <Input.TextArea
        id={id}
        rows={3}
        maxLength={1_000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
