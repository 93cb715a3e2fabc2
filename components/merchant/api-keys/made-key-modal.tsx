"use client";

import { Alert, Modal } from "antd";
import { useTranslations } from "next-intl";
import type { NewApiKey } from "../api/api-keys.ts";
import { Copyable } from "../pieces/copy-button.tsx";
import styles from "./api-keys.module.css";

/** Shows a new key, this once. */
export function MadeKeyModal({ made, onClose }: { made: NewApiKey; onClose: () => void }) {
  const t = useTranslations("dashboard.apiKeys");
  return (
    <Modal
      open
      title={t("made", { label: made.label })}
      onCancel={onClose}
      onOk={onClose}
      okText={t("kept")}
      mask={{ closable: false }}
      footer={(_, { OkBtn }) => <OkBtn />}
    >
      <Alert type="warning" showIcon title={t("shownOnce")} />
      <p className={styles.secret}>
        <Copyable text={made.key} what={t("columns.key")} />
      </p>
    </Modal>
  );
}
