"use client";

import { App, Modal } from "antd";
import { useTranslations } from "next-intl";
import { useSsoActions } from "../api/sso.ts";
import { ProblemAlert } from "../pieces/problem-alert.tsx";
import styles from "./sso.module.css";

export function RemoveModal({ onClose }: { onClose: () => void }) {
  const t = useTranslations("dashboard.sso");
  const { message } = App.useApp();
  const { remove } = useSsoActions();
  const submit = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        message.success(t("removed"));
        onClose();
      },
    });
  return (
    <Modal
      open
      title={t("removeTitle")}
      onCancel={onClose}
      onOk={submit}
      okText={t("remove")}
      cancelText={t("cancel")}
      okButtonProps={{ danger: true, loading: remove.isPending }}
    >
      {remove.error && <ProblemAlert error={remove.error} />}
      <p className={styles.consequence}>{t("removeConsequence")}</p>
    </Modal>
  );
}
