"use client";

import { Modal } from "antd";
import { useTranslations } from "next-intl";
import { Copyable } from "../pieces/copy-button.tsx";
import styles from "./webhooks.module.css";

/** A signing secret with what to do with it. */
export function SecretModal(props: { title: string; help: string; secret: string; onClose: () => void }) {
  const t = useTranslations("dashboard.webhooks");
  return (
    <Modal
      open
      title={props.title}
      onCancel={props.onClose}
      onOk={props.onClose}
      okText={t("close")}
      footer={(_, { OkBtn }) => <OkBtn />}
    >
      <p>{props.help}</p>
      <p className={styles.secret}>
        <Copyable text={props.secret} what={t("secret")} />
      </p>
    </Modal>
  );
}
