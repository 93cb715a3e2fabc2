"use client";

import { Modal } from "antd";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ProblemAlert } from "../../merchant/pieces/problem-alert.tsx";
import styles from "./pieces.module.css";
import { ReasonField } from "./reason-field.tsx";

interface Props {
  readonly title: string;
  /** What follows from it. */
  readonly consequence: string;
  /** What the text is asked for. */
  readonly label: string;
  readonly okText: string;
  readonly isDanger?: boolean;
  readonly isPending: boolean;
  readonly error: unknown;
  onSubmit(text: string): void;
  onClose(): void;
}

/** A deed that is asked for its reason, with its consequence said before. */
export function ReasonModal(props: Props) {
  const t = useTranslations("console.merchants");
  const [text, setText] = useState("");
  return (
    <Modal
      open
      title={props.title}
      onCancel={props.onClose}
      onOk={() => props.onSubmit(text.trim())}
      okText={props.okText}
      cancelText={t("cancel")}
      okButtonProps={{
        danger: props.isDanger ?? false,
        disabled: text.trim() === "",
        loading: props.isPending,
      }}
    >
      <div className={styles.form}>
        {props.error ? <ProblemAlert error={props.error} /> : null}
        <p>{props.consequence}</p>
        <ReasonField label={props.label} value={text} onChange={setText} />
      </div>
    </Modal>
  );
}
